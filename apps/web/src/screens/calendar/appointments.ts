import type { CalendarEntry, PublicationState } from '../../api/types.ts'
import type { Preferences } from '../../language/preferences.ts'
import { momentOf } from '../../language/wall-time.ts'
import { isoOf, type Span } from './span.ts'

/** The state on a card; a planned publication may still be in review. */
export type CardState = PublicationState | 'in_review'

/** One card: the publications of one post at one time. */
export interface Appointment {
  key: string
  postId: string
  dueAt: string
  zone: string
  excerpt: string
  networks: string[]
  /** The most urgent state of its publications. */
  state: CardState
  entries: CalendarEntry[]
}

const urgency: CardState[] = [
  'failed',
  'unconfirmed',
  'missed',
  'held',
  'sending',
  'pending',
  'in_review',
  'planned',
  'published',
  'cancelled',
]

export const stateOf = ({ state, awaitsApproval }: CalendarEntry): CardState =>
  awaitsApproval && state === 'planned' ? 'in_review' : state

/** Publications of the same post at the same time belong together; in the order of their times. */
export function appointmentsOf(entries: readonly CalendarEntry[]): Appointment[] {
  const found = new Map<string, Appointment>()
  for (const entry of entries) {
    const { postId, dueAt, zone, excerpt, network } = entry
    const state = stateOf(entry)
    const key = `${postId} ${dueAt}`
    const known = found.get(key)
    if (!known) {
      const entriesOf = [entry]
      const card = { key, postId, dueAt, zone, excerpt, state }
      found.set(key, { ...card, networks: [network], entries: entriesOf })
      continue
    }
    known.entries.push(entry)
    if (!known.networks.includes(network)) known.networks.push(network)
    if (urgency.indexOf(state) < urgency.indexOf(known.state)) known.state = state
  }
  // All moments are ISO texts in UTC, so they sort as texts.
  return [...found.values()].sort((one, other) =>
    one.dueAt < other.dueAt ? -1 : Number(one.dueAt > other.dueAt),
  )
}

/**
 * The appointments by day. Days and appointments are both in order, so only thirty midnights are computed, not the days
 * of a thousand moments: turning the months would be felt to lag.
 */
export function byDayOf(
  appointments: readonly Appointment[],
  { days, from }: Span,
  { zone }: Preferences,
): Map<string, Appointment[]> {
  const found = new Map<string, Appointment[]>()
  let at = appointments.findIndex(({ dueAt }) => dueAt >= from)
  for (const day of days) {
    const midnight = momentOf(day.add({ days: 1 }), zone).toISOString()
    const first = at
    while ((appointments[at]?.dueAt ?? midnight) < midnight) at += 1
    if (at > first) found.set(isoOf(day), appointments.slice(first, at))
  }
  return found
}

/** Whether an entry passes the filters; an empty filter passes all. */
export const isAskedFor = (
  entry: CalendarEntry,
  { state, network }: { state: string | undefined; network: string | undefined },
): boolean => (!state || stateOf(entry) === state) && (!network || entry.network === network)

/** The states that occur, the most urgent first. */
export function statesOf(appointments: readonly Appointment[]): CardState[] {
  const found = new Set(appointments.map(({ state }) => state))
  return urgency.filter((state) => found.has(state))
}

/** A card can be moved only while all its publications are still to come. */
export const canMove = ({ entries }: Appointment): boolean =>
  entries.every(({ state }) => state === 'planned' || state === 'held' || state === 'missed')
