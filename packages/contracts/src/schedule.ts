import { z } from 'zod'
import { instant, isYear, zoneName } from './page.ts'

/** A wall time without a zone: `2026-11-22T20:30`. */
export const wallTime = z.string().refine(isWallTime, {
  error: 'is not a local time such as 2026-11-22T20:30',
})

const wallTimePattern = /^(\d{4})-(\d{2})-(\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/

/** The form alone is not enough: February has no 30th. */
function isWallTime(text: string): boolean {
  const parts = wallTimePattern.exec(text)
  if (!parts) return false
  const [year, month, day] = parts.slice(1, 4).map(Number) as [number, number, number]
  const date = new Date(Date.UTC(year, month - 1, day))
  return isYear(year) && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

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
