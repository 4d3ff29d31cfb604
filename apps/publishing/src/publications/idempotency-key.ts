import type { PublicationRow } from './publication.entity.ts'

type Keyed = Pick<PublicationRow, 'id' | 'round' | 'part' | 'snapshotHash' | 'keyTurn'>

const hashLetters = 12

/**
 * What all tries of one part share, as long as it says the same: other words under a key that the network knows would
 * be answered with the old ones. Published as new, a part is another one to the network, and so it is once the network
 * would only repeat a refusal to the key.
 */
export const idempotencyKeyOf = (row: Keyed) =>
  `${partKeyOf(row)}.${row.snapshotHash.slice(0, hashLetters)}${row.keyTurn === 0 ? '' : `.${row.keyTurn}`}`

/** What the keys of a part begin with; once it was the whole key. */
const partKeyOf = ({ id, round, part }: Pick<PublicationRow, 'id' | 'round' | 'part'>) =>
  round === 0 ? `${id}-${part}` : `${id}-r${round}-${part}`

/** The same in SQL, of a row of `publications` under this alias. */
export const idempotencyKeySql = (alias: string) =>
  `${partKeySql(alias)} || '.' || left(${alias}.snapshot_hash, ${hashLetters})
   || case ${alias}.key_turn when 0 then '' else '.' || ${alias}.key_turn end`

/** SQL: an attempt `a` was for the part that is next of a publication `p`. */
export const isOfNextPart = (a: string, p: string) =>
  `(${a}.idempotency_key = ${partKeySql(p)} or starts_with(${a}.idempotency_key, ${partKeySql(p)} || '.'))`

const partKeySql = (alias: string) =>
  `${alias}.id || case ${alias}.round when 0 then '' else '-r' || ${alias}.round end || '-' || ${alias}.part`
