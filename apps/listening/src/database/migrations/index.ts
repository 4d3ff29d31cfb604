import { busMigrations } from '@hamava/bus'
import { Listening1795300500000 } from './1795300500000-listening.ts'
import { SharedMailboxes1796600100000 } from './1796600100000-shared-mailboxes.ts'
import { ForeignKeys1796800000100 } from './1796800000100-foreign-keys.ts'

/** In the order in which they are applied. */
export const migrations = [
  ...busMigrations,
  Listening1795300500000,
  SharedMailboxes1796600100000,
  ForeignKeys1796800000100,
]
