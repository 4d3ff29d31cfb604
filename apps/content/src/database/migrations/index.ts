import { busMigrations } from '@hamava/bus'
import { Content1795300300000 } from './1795300300000-content.ts'
import { MissingPublications1796400100000 } from './1796400100000-missing-publications.ts'
import { ClosedPublications1796600000000 } from './1796600000000-closed-publications.ts'
import { PostContent1796700000000 } from './1796700000000-post-content.ts'
import { ForeignKeys1796800000000 } from './1796800000000-foreign-keys.ts'
import { UnsettledChanges1796900000000 } from './1796900000000-unsettled-changes.ts'

/** In the order in which they are applied. */
export const migrations = [
  ...busMigrations,
  Content1795300300000,
  MissingPublications1796400100000,
  ClosedPublications1796600000000,
  PostContent1796700000000,
  ForeignKeys1796800000000,
  UnsettledChanges1796900000000,
]
