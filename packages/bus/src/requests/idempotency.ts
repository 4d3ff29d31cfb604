import { AsyncLocalStorage } from 'node:async_hooks'
import { AppError, prepared } from '@hamava/service-kit'
import type { DataSource, EntityManager } from 'typeorm'
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

/** Names one action of one caller, and says what it was to be. */
export interface Idempotency {
  /** SHA-256 of caller, route and the key they chose. */
  key: string
  /** SHA-256 of the request's body. */
  fingerprint: string
}

/** An action that was carried out, with its answer; kept for a day. */
@Entity('idempotent_requests')
@Index('idempotent_requests_at', ['at'])
export class IdempotentRequest {
  @PrimaryColumn('text')
  key!: string

  @Column('text')
  fingerprint!: string

  @Column('jsonb')
  reply!: object

  @Column('timestamptz', { default: () => 'now()' })
  at!: Date
}

const current = new AsyncLocalStorage<Idempotency>()

/** The answer that was given the first time. Throws when the same key stood for another request. */
export async function earlierReply(
  dataSource: DataSource,
  { key, fingerprint }: Idempotency,
): Promise<{ value: unknown } | null> {
  const earlier = await dataSource.getRepository(IdempotentRequest).findOneBy({ key })
  if (!earlier) return null
  if (earlier.fingerprint !== fingerprint) throw new AppError('idempotency_key_reused')
  return { value: (earlier.reply as { value: unknown }).value }
}

/** Does the work so that its first transaction also keeps the answer. */
export function doOnce<T>(idempotency: Idempotency, work: () => Promise<T>): Promise<T> {
  return current.run(idempotency, work)
}

/** The idempotency of the current request; undefined if it has no key. */
export const keyOfRequest = (): Idempotency | undefined => current.getStore()

/** Runs work that the request's key does not stand for: its transactions store no answer. */
export const withoutKey = <T>(work: () => Promise<T>): Promise<T> => current.exit(work)

/**
 * Called at the beginning of every transaction: two requests with the same key cannot both go on. A request that
 * commits between the lock and the check is caught by the primary key when its answer is inserted.
 */
export async function enter(manager: EntityManager): Promise<void> {
  const idempotency = current.getStore()
  if (!idempotency) return
  const [found] = await prepared<{ taken: boolean; done: boolean }>(
    manager,
    `select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as taken,
            exists (select 1 from idempotent_requests where key = $1) as done`,
    [idempotency.key],
  )
  if (!found?.taken || found.done) throw new AppError('idempotency_in_flight')
}

/** The answer to store in the transaction of its change, if the request has a key. */
export function replyToKeep(
  value: unknown,
): Pick<IdempotentRequest, 'key' | 'fingerprint' | 'reply'>[] {
  const idempotency = current.getStore()
  return idempotency ? [{ ...idempotency, reply: { value } }] : []
}

/** Whether an error says that the same action was carried out meanwhile. */
export const isDoneAlready = (error: unknown): boolean =>
  (error as { constraint?: unknown }).constraint === 'idempotent_requests_pkey'
