import type { Tx } from '@hamava/bus'
import type { ApiKey, CallContext } from '@hamava/contracts'
import { AppError } from '@hamava/service-kit'
import { In, IsNull } from 'typeorm'
import { ApiKeyRow } from './api-key.entity.ts'

/** Locks the key that asks for another one, if the caller is a key, so that it stays good until the new one is made. */
export async function lockMaker(
  { manager }: Tx,
  { actor }: CallContext,
): Promise<ApiKeyRow | null> {
  if (actor.via !== 'api_key') return null
  const where = { id: actor.viaId, revokedAt: IsNull() }
  const lock = { mode: 'pessimistic_read' } as const
  const key = await manager.findOne(ApiKeyRow, { where, lock })
  if (!key) throw new AppError('unauthenticated')
  return key
}

/** When a key ends: with the key that made it, at the latest. Throws `key_outlives_maker`. */
export function endOf(
  { expiresAt }: Pick<ApiKey, 'expiresAt'>,
  maker: ApiKeyRow | null,
): string | null {
  const latest = maker?.expiresAt?.toISOString() ?? null
  if (latest === null || expiresAt === null) return expiresAt ?? latest
  if (Date.parse(expiresAt) <= Date.parse(latest)) return expiresAt
  throw new AppError('key_outlives_maker', { expiresAt: latest })
}

/** The keys made by this one, directly or not, that are still good. */
export async function madeBy({ manager }: Tx, id: string): Promise<ApiKeyRow[]> {
  const made = await manager.query<{ id: string }[]>(
    `with recursive made as (
       select id from api_keys where made_by_key_id = $1
       union select k.id from api_keys k join made on k.made_by_key_id = made.id)
     select id from made order by id`,
    [id],
  )
  const where = { id: In(made.map((one) => one.id)), revokedAt: IsNull() }
  return manager.find(ApiKeyRow, { where, order: { id: 'ASC' } })
}
