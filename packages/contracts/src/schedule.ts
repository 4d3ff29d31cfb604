import { z } from 'zod'
import { instant, zoneName } from './page.ts'

/** A wall time without a zone: `2026-11-22T20:30`. */
export const wallTime = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/, {
  error: 'is not a local time such as 2026-11-22T20:30',
})

/** When a post is asked to go out. */
export const scheduleInput = z
  .union([
    z.strictObject({ at: instant }),
    z.strictObject({ local: wallTime, zone: zoneName }),
    z.strictObject({ now: z.literal(true) }),
  ])
  .meta({ id: 'ScheduleInput', examples: [{ local: '2027-03-21T09:00', zone: 'Asia/Tehran' }] })
export type ScheduleInput = z.infer<typeof scheduleInput>

/**
 * A schedule as it is kept: what was meant (wall time and zone) and what follows from it (the
 * instant). `adjusted` says that the wall time does not exist or exists twice on that day.
 */
export const schedule = z
  .object({
    kind: z.enum(['at', 'local', 'now']),
    local: wallTime,
    zone: z.string(),
    dueAt: instant,
    adjusted: z.enum(['gap', 'overlap']).nullable(),
  })
  .meta({ id: 'Schedule' })
export type Schedule = z.infer<typeof schedule>
