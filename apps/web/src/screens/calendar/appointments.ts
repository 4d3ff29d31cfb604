import type { CalendarEntry, PublicationState } from '../../api/types.ts'
import type { Preferences } from '../../language/preferences.ts'
import { momentOf } from '../../language/wall-time.ts'
import { isoOf, type Span } from './span.ts'

/** What a card says: what is planned may still wait for approval. */
export type CardState = PublicationState | 'in_review'

/** What the publications of one post at one time come to: one card. */
export interface Appointment {
  key: string
  postId: string
  dueAt: string
  zone: string
  excerpt: string
  networks: string[]
  /** The one that most needs to be seen. */
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
  // Moments are all written alike, in UTC: their letters stand in the order of time.
  return [...found.values()].sort((one, other) =>
    one.dueAt < other.dueAt ? -1 : Number(one.dueAt > other.dueAt),
  )
}

/**
 * What is on which day of a span. Both stand in the order of their times: thirty midnights are asked for instead of the
 * day of a thousand moments, which a person who turns the months can feel.
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

/** Whether an entry is among what was asked for; nothing asks for all. */
export const isAskedFor = (
  entry: CalendarEntry,
  { state, network }: { state: string | undefined; network: string | undefined },
): boolean => (!state || stateOf(entry) === state) && (!network || entry.network === network)

/** The states that occur, what is most urgent first. */
export function statesOf(appointments: readonly Appointment[]): CardState[] {
  const found = new Set(appointments.map(({ state }) => state))
  return urgency.filter((state) => found.has(state))
}

/** Only what is still to come, on every channel, can be moved. */
export const canMove = ({ entries }: Appointment): boolean =>
  entries.every(({ state }) => state === 'planned' || state === 'held' || state === 'missed')
