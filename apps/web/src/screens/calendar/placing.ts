import { fromDate } from '@internationalized/date'
import type { Appointment } from './appointments.ts'
import { stepMinutes } from './span.ts'

export const minutesOfDay = 24 * 60
/** How much of the day a card takes on the page: what it stands for takes a moment. */
export const cardMinutes = 60

/** So many stand side by side; more fold. */
const mostLanes = 2

/** Minutes since midnight as the clock on the wall says it, on a day of 23 or 25 hours too. */
export function minuteOf(moment: string, zone: string): number {
  const { hour, minute } = fromDate(new Date(moment), zone)
  return hour * 60 + minute
}

/** The nearest time that something can be dropped on. */
export const snapped = (minute: number): number =>
  Math.max(0, Math.min(Math.round(minute / stepMinutes) * stepMinutes, minutesOfDay - stepMinutes))

/** `2026-11-22T20:30` */
export function timeOn(day: string, minute: number): string {
  const two = (part: number) => String(part).padStart(2, '0')
  return `${day}T${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}

/** A part of a whole, as styles write it. */
export const share = (part: number, whole: number): string => `${(part / whole) * 100}%`

/** What stands at one place of a day. */
export interface Placed {
  /** One, or several that have no room beside each other. */
  appointments: [Appointment, ...Appointment[]]
  start: number
  lane: number
  /** How many lanes there are just here. */
  lanes: number
}

/**
 * The appointments of a day, by the wall of a zone: those that would cover each other stand side by side, and what then
 * has no room joins the one that stands last. So a day has an end, however many are on it.
 */
export function placedOn(appointments: readonly Appointment[], zone: string): Placed[] {
  const found: Placed[] = []
  /** What hangs together, and of it the last one in each lane. */
  let chain: Placed[] = []
  let last: Placed[] = []
  for (const { appointment, start } of byTheWall(appointments, zone)) {
    const isOver = (before: Placed | undefined) => !before || before.start + cardMinutes <= start
    if (last.every(isOver)) {
      chain = []
      last = []
    }
    const lane = Array.from({ length: mostLanes }, (_, at) => last[at]).findIndex(isOver)
    if (lane < 0) {
      last.at(-1)?.appointments.push(appointment)
      continue
    }
    const one: Placed = { appointments: [appointment], start, lane, lanes: 1 }
    last[lane] = one
    chain.push(one)
    for (const other of chain) other.lanes = last.length
    found.push(one)
  }
  return found
}

/** None hangs out of its day. */
const startOn = ({ dueAt }: Appointment, zone: string) =>
  Math.min(minuteOf(dueAt, zone), minutesOfDay - cardMinutes)

/** When the clocks go back, what is later may stand earlier. */
const byTheWall = (appointments: readonly Appointment[], zone: string) =>
  appointments
    .map((appointment) => ({ appointment, start: startOn(appointment, zone) }))
    .sort((one, other) => one.start - other.start)
