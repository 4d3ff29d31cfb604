import { randomFillSync } from 'node:crypto'
import { type IdKind, idPrefixes } from '@hamava/contracts'
import { monotonicFactory } from 'ulid'

/** Random bytes are drawn in blocks: an id takes sixteen, and the library asks for one byte at a time. */
const randomness = Buffer.alloc(4_096)
let used = randomness.length

const ulid = monotonicFactory(() => {
  if (used === randomness.length) {
    randomFillSync(randomness)
    used = 0
  }
  return randomness.readUInt8(used++) / 256
})

/** A new id of this kind; ids made later by one process sort later. */
export function newId(kind: IdKind): string {
  return `${idPrefixes[kind]}_${ulid().toLowerCase()}`
}
