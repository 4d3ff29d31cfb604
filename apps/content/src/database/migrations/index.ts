import { BusTables1795300000000 } from '@hamava/bus'
import { Content1795300300000 } from './1795300300000-content.ts'

/** In the order in which they are applied. */
export const migrations = [BusTables1795300000000, Content1795300300000]
