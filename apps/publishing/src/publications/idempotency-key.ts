import type { PublicationRow } from './publication.entity.ts'

/**
 * What all tries of one part share. Published as new, a part is another one to the network: each round after the
 * first has keys of its own.
 */
export const idempotencyKeyOf = ({
  id,
  round,
  part,
}: Pick<PublicationRow, 'id' | 'round' | 'part'>) =>
  round === 0 ? `${id}-${part}` : `${id}-r${round}-${part}`

/** The same in SQL, of a row of `publications` under this alias. */
export const idempotencyKeySql = (alias: string) =>
  `${alias}.id || case ${alias}.round when 0 then '' else '-r' || ${alias}.round end || '-' || ${alias}.part`
