import { AppError } from '@hamava/service-kit'
import { z } from 'zod'
import type { Caller } from '../http/caller.ts'
import { feedTypes } from './feed-types.ts'

const known = feedTypes.map(({ event }) => event.name)
const namesIn = (types: string) => types.split(',').map((name) => name.trim())

export const feedQuery = z.object({
  /** Names of events, separated by commas; all when absent. */
  types: z
    .string()
    .max(1000)
    .superRefine((types, { addIssue }) => {
      const unknown = namesIn(types).filter((name) => !known.includes(name))
      if (unknown.length === 0) return
      const message = `the feed has no ${unknown.join(', ')}; it has ${known.join(', ')}`
      addIssue({ code: 'custom', message })
    })
    .optional(),
})
export type FeedQuery = z.output<typeof feedQuery>

/** The events that a caller gets. Throws `forbidden` when they may hear of none of those they ask for. */
export function wantedTypes({ permissions }: Caller, { types }: FeedQuery): Set<string> {
  const asked = types ? namesIn(types) : known
  const wanted = feedTypes.filter(({ event }) => asked.includes(event.name))
  const allowed = wanted.filter(({ needs }) => permissions.has(needs))
  const [first] = wanted
  if (types && first && allowed.length === 0) {
    throw new AppError('forbidden', { permission: first.needs })
  }
  return new Set(allowed.map(({ event }) => event.name))
}
