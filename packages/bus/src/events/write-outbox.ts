import {
  type BodyOf,
  type CallContext,
  type EventContract,
  largestEventBytes,
} from '@hamava/contracts'
import { newId, prepared } from '@hamava/service-kit'
import type { EntityManager } from 'typeorm'
import type { IdempotentRequest } from '../requests/idempotency.ts'
import { smallEventBytes } from './outbox.entity.ts'
import type { Line } from './outbox-relay.ts'

/** An event as its row in the outbox, already written as JSON: its size is known before it is kept. */
export interface PendingEvent {
  json: string
  /** Of the body alone. */
  bytes: number
}

/** Events of one statement, in bytes: PostgreSQL's JSON values end at 256 MB. */
const statementBytes = 16_000_000

/** Parses, serializes and measures an event. Throws if NATS would not take it: its owner must publish smaller ones. */
export function pendingEvent<E extends EventContract>(
  event: E,
  context: CallContext,
  causationId: string | null,
  body: BodyOf<E>,
): PendingEvent {
  const bodyJson = JSON.stringify(event.schema.parse(body))
  const bytes = Buffer.byteLength(bodyJson)
  if (bytes > largestEventBytes) {
    throw new Error(
      `${event.name} has ${bytes} bytes, and no event may have more than ${largestEventBytes}`,
    )
  }
  const row = JSON.stringify({ id: newId('event'), event: event.name, context, causationId, bytes })
  return { json: `${row.slice(0, -1)},"body":${bodyJson}}`, bytes }
}

/** The lines of the outbox that events go into. */
export function linesOf(pending: PendingEvent[]): Line[] {
  const lines: Line[] = []
  if (pending.some(({ bytes }) => bytes <= smallEventBytes)) lines.push('small')
  if (pending.some(({ bytes }) => bytes > smallEventBytes)) lines.push('large')
  return lines
}

/** Writes events into the outbox, and the kept answers in the same statement as the last of them. */
export async function writeOutbox(
  manager: EntityManager,
  pending: PendingEvent[],
  replies: Pick<IdempotentRequest, 'key' | 'fingerprint' | 'reply'>[],
): Promise<void> {
  const statements = inStatements(pending)
  for (const [at, events] of statements.entries()) {
    const isLast = at === statements.length - 1
    await prepared(
      manager,
      `with events as (
         insert into outbox (id, event, context, causation_id, body, bytes)
         select e->>'id', e->>'event', e->'context', e->>'causationId', e->'body', (e->>'bytes')::int
         from jsonb_array_elements($1::jsonb) as e)
       insert into idempotent_requests (key, fingerprint, reply)
       select r->>'key', r->>'fingerprint', r->'reply' from jsonb_array_elements($2::jsonb) as r`,
      [`[${events.map(({ json }) => json).join(',')}]`, JSON.stringify(isLast ? replies : [])],
    )
  }
}

/** One statement for all events, unless they are very large together. */
function inStatements(pending: PendingEvent[]): PendingEvent[][] {
  const statements: PendingEvent[][] = [[]]
  let bytes = 0
  for (const event of pending) {
    if (bytes > 0 && bytes + event.bytes > statementBytes) {
      statements.push([])
      bytes = 0
    }
    statements.at(-1)?.push(event)
    bytes += event.bytes
  }
  return statements
}
