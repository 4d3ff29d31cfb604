import { busMigrations } from '@hamava/bus'
import { Publishing1795300100000 } from './1795300100000-publishing.ts'
import { PublicationFailures1795300110000 } from './1795300110000-publication-failures.ts'
import { LanesAndHolds1795900000000 } from './1795900000000-lanes-and-holds.ts'
import { LanesBehind1796000000000 } from './1796000000000-lanes-behind.ts'
import { FewerIndexes1796100000000 } from './1796100000000-fewer-indexes.ts'
import { HowChannelsWereConnected1796200000000 } from './1796200000000-how-channels-were-connected.ts'
import { RoundsAndDiscards1796300000000 } from './1796300000000-rounds-and-discards.ts'
import { DoubtsThatWereCleared1796500000000 } from './1796500000000-doubts-that-were-cleared.ts'
import { SharedAccess1796600000000 } from './1796600000000-shared-access.ts'
import { ForeignKeys1796800000300 } from './1796800000300-foreign-keys.ts'

/** In the order in which they are applied. */
export const migrations = [
  ...busMigrations,
  Publishing1795300100000,
  PublicationFailures1795300110000,
  LanesAndHolds1795900000000,
  LanesBehind1796000000000,
  FewerIndexes1796100000000,
  HowChannelsWereConnected1796200000000,
  RoundsAndDiscards1796300000000,
  DoubtsThatWereCleared1796500000000,
  SharedAccess1796600000000,
  ForeignKeys1796800000300,
]
