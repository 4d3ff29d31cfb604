import { BusTables1795300000000 } from '@hamava/bus'
import { Analytics1795300600000 } from './1795300600000-analytics.ts'

/** In the order in which they are applied. */
export const migrations = [BusTables1795300000000, Analytics1795300600000]
