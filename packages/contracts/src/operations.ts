import { z } from 'zod'
import { type Owner, owners, request } from './define.ts'
import { instant, pageOf, pageQuery } from './page.ts'

/** An event that a service could not handle, after all its retries. */
export const deadLetter = z
  .object({
    /** The event's own id. */
    id: z.string(),
    service: z.enum(owners),
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

/** … and handles one again when told to; it stays in the table with the time of the replay. */
export const replayDeadLetter = (owner: Owner) =>
  request(`${owner}.dead-letter.replay`, z.object({ id: z.string() }), deadLetter)
