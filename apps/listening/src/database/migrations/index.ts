import { BusTables1795300000000 } from '@hamava/bus'
import { Listening1795300500000 } from './1795300500000-listening.ts'

/** In the order in which they are applied. */
export const migrations = [BusTables1795300000000, Listening1795300500000]
