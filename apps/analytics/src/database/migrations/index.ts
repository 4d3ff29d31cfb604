import { busMigrations } from '@hamava/bus'
import { Analytics1795300600000 } from './1795300600000-analytics.ts'
import { ForeignKeys1796800000200 } from './1796800000200-foreign-keys.ts'

/** In the order in which they are applied. */
export const migrations = [...busMigrations, Analytics1795300600000, ForeignKeys1796800000200]
