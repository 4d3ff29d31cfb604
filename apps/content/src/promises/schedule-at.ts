import type { Schedule } from '@hamava/contracts'

/** A moment as a schedule, with its wall time in a zone. */
export function scheduleAt(dueAt: Date, zone: string): Schedule {
  // Swedish writes dates as ISO does.
  const wall = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  })
  const local = wall.format(dueAt).replace(' ', 'T')
  return { kind: 'at', local, zone, dueAt: dueAt.toISOString(), adjusted: null }
}
