import type { Schedule, ScheduleInput } from '@hamava/contracts'
import { refuseTime } from '@hamava/service-kit'
import { Temporal } from 'temporal-polyfill'

/**
 * Turns what was asked into an instant. A wall time that the clocks skip moves on by the length of
 * the gap; one that comes twice is the first of the two; `adjusted` says so. Depends on the given
 * time alone, never on the zone of the machine. Throws `schedule_in_past` and `schedule_too_far`.
 */
export function resolveSchedule(input: ScheduleInput, now: Date): Schedule {
  const resolved = resolve(input, Temporal.Instant.fromEpochMilliseconds(now.getTime()))
  refuseTime(new Date(resolved.dueAt), now)
  return resolved
}

function resolve(input: ScheduleInput, now: Temporal.Instant): Schedule {
  if ('now' in input) return inUtc('now', now)
  if ('at' in input) return inUtc('at', Temporal.Instant.from(input.at))
  const wall = Temporal.PlainDateTime.from(input.local)
  const earlier = wall.toZonedDateTime(input.zone, { disambiguation: 'earlier' })
  const later = wall.toZonedDateTime(input.zone, { disambiguation: 'later' })
  // "Compatible" is what people expect of clocks: forward over a gap, the first of two.
  const chosen = wall.toZonedDateTime(input.zone, { disambiguation: 'compatible' })
  const isCertain = earlier.epochMilliseconds === later.epochMilliseconds
  const exists = chosen.toPlainDateTime().equals(wall)
  return {
    kind: 'local',
    local: input.local,
    zone: input.zone,
    dueAt: rfc3339(chosen.toInstant()),
    adjusted: isCertain ? null : exists ? 'overlap' : 'gap',
  }
}

function inUtc(kind: 'now' | 'at', instant: Temporal.Instant): Schedule {
  const local = instant
    .toZonedDateTimeISO('UTC')
    .toPlainDateTime()
    .toString({ smallestUnit: 'second' })
  return { kind, local, zone: 'UTC', dueAt: rfc3339(instant), adjusted: null }
}

function rfc3339(instant: Temporal.Instant): string {
  return instant.toString({ smallestUnit: 'millisecond' })
}
