import { AppError } from './app-error.ts'

/** A time that has just passed while the request was under way still counts as now. */
const graceMs = 60_000
const furthestMs = 5 * 366 * 86_400_000

/** The limits of every time that people choose. Throws `schedule_in_past` and `schedule_too_far`. */
export function refuseTime(at: Date, now: Date): void {
  const dueAt = at.toISOString()
  if (at.getTime() < now.getTime() - graceMs) throw new AppError('schedule_in_past', { dueAt })
  if (at.getTime() > now.getTime() + furthestMs) throw new AppError('schedule_too_far', { dueAt })
}
