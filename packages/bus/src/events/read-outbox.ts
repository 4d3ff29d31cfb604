import type { CallContext } from '@hamava/contracts'
import { prepared } from '@hamava/service-kit'
import type { EntityManager } from 'typeorm'
import { smallEventBytes } from './outbox.entity.ts'

/** An event that waits to be relayed. The body stays the text that it is on the wire: parsing it would be for nothing. */
export interface WaitingEvent {
  id: string
  event: string
  body: string
  context: CallContext
  causation_id: string | null
}

/** Rows of small events in one batch: at most 16 MB of them. */
export const mostSmall = 500
/** Large events whose turn is looked at; more wait behind them. */
const mostLargeSeen = 2_000
/** A batch of large events ends with the one that passes this. */
const largeBatchBytes = 4_000_000

const columns = 'id, event, context, causation_id, body::text as body'

/**
 * Should the mark of a batch be lost in a crash, its events go out once more, and consumers know them. A service may end
 * transactions that stand idle; this one waits for NATS.
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
