import { busMigrations } from '@hamava/bus'
import { Gateway1795300400000 } from './1795300400000-gateway.ts'

/** In the order in which they are applied. */
export const migrations = [...busMigrations, Gateway1795300400000]
