import { createHash } from 'node:crypto'
import { canonicalJson } from '@hamava/contracts'

/** SHA-256 (hex) of a JSON value, the same whatever the order of its keys. */
export const canonicalHash = (value: unknown): string =>
  createHash('sha256').update(canonicalJson(value)).digest('hex')
