import type { PublicationRow } from './publication.entity.ts'

type Keyed = Pick<PublicationRow, 'id' | 'round' | 'part' | 'snapshotHash' | 'keyTurn'>

const hashLetters = 12

/**
 * The key that all attempts of one part with the same content share: under a known key the network would answer with the
 * old content. A part gets another key when it is published as new (`round`), and when the network would only repeat
 * its refusal to the old key (`keyTurn`).
 */
export const idempotencyKeyOf = (row: Keyed) =>
  `${partKeyOf(row)}.${row.snapshotHash.slice(0, hashLetters)}${row.keyTurn === 0 ? '' : `.${row.keyTurn}`}`

/** The prefix of a part's keys; in old attempts it is the whole key. */
const partKeyOf = ({ id, round, part }: Pick<PublicationRow, 'id' | 'round' | 'part'>) =>
  round === 0 ? `${id}-${part}` : `${id}-r${round}-${part}`

/** `idempotencyKeyOf` in SQL, for a row of `publications` under this alias. */
export const idempotencyKeySql = (alias: string) =>
  `${partKeySql(alias)} || '.' || left(${alias}.snapshot_hash, ${hashLetters})
   || case ${alias}.key_turn when 0 then '' else '.' || ${alias}.key_turn end`

/** SQL: the attempt `a` was for the next part of the publication `p`. */
export const isOfNextPart = (a: string, p: string) =>
  `(${a}.idempotency_key = ${partKeySql(p)} or starts_with(${a}.idempotency_key, ${partKeySql(p)} || '.'))`

const partKeySql = (alias: string) =>
  `${alias}.id || case ${alias}.round when 0 then '' else '-r' || ${alias}.round end || '-' || ${alias}.part`
