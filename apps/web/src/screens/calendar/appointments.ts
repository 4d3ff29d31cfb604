import type { CalendarEntry, PublicationState } from '../../api/types.ts'

/** What the publications of one post at one time come to: one card. */
export interface Appointment {
  key: string
  postId: string
  dueAt: string
  zone: string
  excerpt: string
  networks: string[]
  /** The one that most needs to be seen. */
  state: PublicationState
  entries: CalendarEntry[]
}

const urgency: PublicationState[] = [
  'failed',
  'unconfirmed',
  'missed',
  'held',
  'sending',
  'pending',
  'planned',
  'published',
  'cancelled',
]

/** Publications of the same post at the same time belong together; in the order of their times. */
export function appointmentsOf(entries: readonly CalendarEntry[]): Appointment[] {
  const found = new Map<string, Appointment>()
  for (const entry of entries) {
    const { postId, dueAt, zone, excerpt, network, state } = entry
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
  return [...found.values()].sort((one, other) => one.dueAt.localeCompare(other.dueAt))
}

/** Only what is still to come, on every channel, can be moved. */
export const canMove = ({ entries }: Appointment): boolean =>
  entries.every(({ state }) => state === 'planned' || state === 'held' || state === 'missed')
