import { busMigrations } from '@hamava/bus'
import { Gateway1795300400000 } from './1795300400000-gateway.ts'
import { Preferences1796100200000 } from './1796100200000-preferences.ts'
import { Presences1796300200000 } from './1796300200000-presences.ts'
import { Rights1796400100000 } from './1796400100000-rights.ts'
import { Throttles1796400300000 } from './1796400300000-throttles.ts'
import { ForeignKeys1796800000400 } from './1796800000400-foreign-keys.ts'

/** In the order in which they are applied. */
export const migrations = [
  ...busMigrations,
  Gateway1795300400000,
  Preferences1796100200000,
  Presences1796300200000,
  Rights1796400100000,
  Throttles1796400300000,
  ForeignKeys1796800000400,
]
