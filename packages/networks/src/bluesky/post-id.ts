import { createHash } from 'node:crypto'

const alphabet = '234567abcdefghijklmnopqrstuvwxyz'

/**
 * The record key of a part, the same for every try: a TID whose 53 bits of microseconds and 10 bits of clock id come
 * from the due time and a hash of the key. So a retry finds the record of an earlier try.
 */
export function postId(idempotencyKey: string, dueAt: Date): string {
  const hash = createHash('sha256').update(idempotencyKey).digest()
  const spread = BigInt(hash.readUInt32BE(0) % 1_000_000)
  const clock = BigInt(hash.readUInt16BE(4) & 1023)
  let bits = ((BigInt(dueAt.getTime()) * 1000n + spread) << 10n) | clock
  let tid = ''
  for (let at = 0; at < 13; at += 1) {
    tid = alphabet.charAt(Number(bits & 31n)) + tid
    bits >>= 5n
  }
  return tid
}
