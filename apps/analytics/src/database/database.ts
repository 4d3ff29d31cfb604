import { busEntities } from '@hamava/bus'
import type { DatabaseParts } from '@hamava/service-kit'
import { SeriesRow } from '../metrics/series.entity.ts'
import { SnapshotRow } from '../metrics/snapshot.entity.ts'
import { MeasuredChannelRow } from '../subjects/channel.entity.ts'
import { SubjectRow } from '../subjects/subject.entity.ts'
import { migrations } from './migrations/index.ts'

export const database: DatabaseParts = {
  entities: [...busEntities, MeasuredChannelRow, SubjectRow, SeriesRow, SnapshotRow],
  migrations,
}
