import { prepared } from '@hamava/service-kit'
import { JetStreamApiError } from '@nats-io/jetstream'
import type { EntityManager } from 'typeorm'

/** JetStream's own limit of one message, where a stream has a lower one than the server. */
const messageTooLarge = 10_054

/** Whether an event is larger than the server takes, so that trying again is for nothing. */
export const isTooLarge = (error: Error): boolean =>
  error instanceof JetStreamApiError
    ? error.code === messageTooLarge
    : /max_payload size exceeded/.test(error.message)

/** Takes events out of the line for good: they go to the dead letters, to be seen, counted and replayed. */
export async function refuseEvents(
  manager: EntityManager,
  refused: { id: string; error: string }[],
): Promise<void> {
  if (refused.length === 0) return
  await prepared(
    manager,
    `with refused as (select * from unnest($1::text[], $2::text[]) as r(id, error)),
     taken as (delete from outbox o using refused r where o.id = r.id
       returning o.id, o.event, o.context, o.causation_id, o.body,
         r.error || ' (' || o.bytes || ' bytes)' as error)
     -- To the millisecond, as cursors tell it.
     insert into dead_letters (id, direction, event, context, causation_id, body, error, deliveries, failed_at)
     select id, 'outgoing', event, context, causation_id, body, error, 0, date_trunc('milliseconds', now()) from taken
     on conflict (id) do update
     set error = excluded.error, failed_at = excluded.failed_at, replayed_at = null`,
    [refused.map(({ id }) => id), refused.map(({ error }) => error)],
  )
}

/** Puts a refused event into the line again. False when there is no such letter. */
export async function relayAgain(manager: EntityManager, id: string): Promise<boolean> {
  const [row] = await prepared<{ id: string }>(
    manager,
    `with letter as (
       update dead_letters set replayed_at = now() where id = $1 and direction = 'outgoing' returning *)
     insert into outbox (id, event, context, causation_id, body, bytes)
     select id, event, context, causation_id, body, octet_length(body::text) from letter
     on conflict (id) do update set relayed_at = null, stream_seq = null
     returning id`,
    [id],
  )
  return row !== undefined
}
