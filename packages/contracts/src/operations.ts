import { z } from 'zod'
import { type Owner, owners, request } from './define.ts'
import { instant, pageOf, pageQuery } from './page.ts'

/** An event that got no further: one that a service could not handle, or one of its own that cannot be sent. */
export const deadLetter = z
  .object({
    /** The event's own id. */
    id: z.string(),
    service: z.enum(owners),
    /**
     * `incoming`: of another service, and not handled after all retries. `outgoing`: of this service, and larger than
     * NATS takes. Missing in answers of services from before outgoing letters.
     */
    direction: z.enum(['incoming', 'outgoing']).default('incoming'),
    event: z.string(),
    error: z.string(),
    deliveries: z.int(),
    failedAt: instant,
    replayedAt: instant.nullable(),
  })
  .meta({ id: 'DeadLetter' })
export type DeadLetter = z.infer<typeof deadLetter>

/** Every service lists its own dead letters … */
export const listDeadLetters = (owner: Owner) =>
  request(`${owner}.dead-letter.list`, pageQuery, pageOf(deadLetter))

/** … and handles or sends one again when told to; it stays in the table with the time of the replay. */
export const replayDeadLetter = (owner: Owner) =>
  request(`${owner}.dead-letter.replay`, z.object({ id: z.string() }), deadLetter)

/** How the events of one service come along. */
export const outboxStatus = z
  .object({
    service: z.enum(owners),
    /** Events that are committed and not yet in their stream. */
    waiting: z.int(),
    /** How long the oldest of them has been waiting; null when none does. */
    oldestSeconds: z.number().nullable(),
    /** The oldest event waits so long that somebody should look; `GET /health/ready` of the service says so, too. */
    isStuck: z.boolean(),
    /** Dead letters that nobody has replayed. */
    deadLetters: z.object({ incoming: z.int(), outgoing: z.int() }),
  })
  .meta({ id: 'OutboxStatus' })
export type OutboxStatus = z.infer<typeof outboxStatus>

export const getOutboxStatus = (owner: Owner) =>
  request(`${owner}.outbox.status`, z.object({}), outboxStatus)
