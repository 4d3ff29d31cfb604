import { z } from 'zod'

/** The life of a publication; `published` needs the network's own id and is terminal. */
export const publicationState = z.enum([
  'planned',
  'sending',
  'pending',
  'published',
  'unconfirmed',
  'failed',
  'held',
  'missed',
  'cancelled',
])
export type PublicationState = z.infer<typeof publicationState>
