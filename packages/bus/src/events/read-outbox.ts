import type { CallContext } from '@hamava/contracts'
import { prepared } from '@hamava/service-kit'
import type { EntityManager } from 'typeorm'
import { smallEventBytes } from './outbox.entity.ts'

/** An event that waits to be relayed. `body` stays JSON text, as it is sent unchanged. */
export interface WaitingEvent {
  id: string
  event: string
  body: string
  context: CallContext
  causation_id: string | null
}

/** Rows of small events in one batch: at most 16 MB of them. */
export const mostSmall = 500
/** How many large events are considered when taking turns by workspace. */
const mostLargeSeen = 2_000
/** A batch of large events ends with the one that passes this. */
const largeBatchBytes = 4_000_000

const columns = 'id, event, context, causation_id, body::text as body'

/**
 * Asynchronous commit: if a crash loses a batch's `relayed_at`, its events are sent again, and consumers skip them. The
 * idle limit is raised because this transaction waits for NATS.
 */
const unhurried = `(select set_config('synchronous_commit', 'off', true)) as unhurried,
  (select set_config('idle_in_transaction_session_timeout', $1, true)) as patient`

/** Locks the oldest small events that nobody else is relaying. */
export function lockSmallEvents(
  manager: EntityManager,
  patienceMs: number,
): Promise<WaitingEvent[]> {
  return prepared(
    manager,
    `select ${columns}, ${unhurried} from outbox
     where relayed_at is null and bytes <= ${smallEventBytes}
     order by seq limit ${mostSmall} for update skip locked`,
    [`${patienceMs}ms`],
  )
}

/** Locks large events, of each workspace in turn, so that one with hundreds of them delays no other. */
export function lockLargeEvents(
  manager: EntityManager,
  patienceMs: number,
): Promise<WaitingEvent[]> {
  return prepared(
    manager,
    `with locked as materialized (
       select id, seq, bytes, context->>'workspaceId' as workspace from outbox
       where relayed_at is null and bytes > ${smallEventBytes}
       order by seq limit ${mostLargeSeen} for update skip locked
     ), turns as (
       select *, row_number() over (partition by workspace order by seq) as turn from locked
     ), chosen as (
       select id, turn, sum(bytes) over (order by turn, seq) - bytes as before from turns)
     select ${columns}, ${unhurried} from chosen join outbox using (id)
     where before < ${largeBatchBytes} order by turn, seq`,
    [`${patienceMs}ms`],
  )
}
