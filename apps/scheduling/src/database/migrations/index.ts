import { BusTables1795300000000 } from '@hamava/bus'
import { Scheduling1795300200000 } from './1795300200000-scheduling.ts'

/** In the order in which they are applied. */
export const migrations = [BusTables1795300000000, Scheduling1795300200000]
