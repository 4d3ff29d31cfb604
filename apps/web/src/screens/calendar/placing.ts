import { fromDate } from '@internationalized/date'
import type { Appointment } from './appointments.ts'
import { stepMinutes } from './span.ts'

export const minutesOfDay = 24 * 60
/** A card's height in minutes of the day; a post itself takes no time. */
export const cardMinutes = 60

/** The most cards side by side; the others fold into the last one. */
const mostLanes = 2

/** Minutes since midnight by the wall clock, also on a day of 23 or 25 hours. */
export function minuteOf(moment: string, zone: string): number {
  const { hour, minute } = fromDate(new Date(moment), zone)
  return hour * 60 + minute
}

/** The nearest time at which a card can be dropped. */
export const snapped = (minute: number): number =>
  Math.max(0, Math.min(Math.round(minute / stepMinutes) * stepMinutes, minutesOfDay - stepMinutes))

/** `2026-11-22T20:30` */
export function timeOn(day: string, minute: number): string {
  const two = (part: number) => String(part).padStart(2, '0')
  return `${day}T${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}

/** A part of a whole, as styles write it. */
export const share = (part: number, whole: number): string => `${(part / whole) * 100}%`

/** What stands at one place of a day: a card, or a folded list. */
export interface Placed {
  /** Several where there is no room for them side by side. */
  appointments: [Appointment, ...Appointment[]]
  start: number
  lane: number
  /** How many lanes this group of overlapping cards has. */
  lanes: number
}

/**
 * Places the appointments of a day, by the wall time of a zone: overlapping cards stand side by side in lanes, and
 * those beyond `mostLanes` join the card in the last lane. So the width is bounded, however many there are.
 */
export function placedOn(appointments: readonly Appointment[], zone: string): Placed[] {
  const found: Placed[] = []
  /** The current group of overlapping cards, and the last card in each lane. */
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

/** No card begins so late that it would end outside its day. */
const startOn = ({ dueAt }: Appointment, zone: string) =>
  Math.min(minuteOf(dueAt, zone), minutesOfDay - cardMinutes)

/** Sorted by wall time: when the clocks go back, a later moment may have an earlier one. */
const byTheWall = (appointments: readonly Appointment[], zone: string) =>
  appointments
    .map((appointment) => ({ appointment, start: startOn(appointment, zone) }))
    .sort((one, other) => one.start - other.start)
