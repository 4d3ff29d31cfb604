import type { Channel } from '../../../api/types.ts'
import type { Part } from '../draft/draft.ts'

/** What a network shows of a post. */
export interface PreviewProps {
  channel: Channel
  first: Part
  /** Empty where the network has no threads. */
  thread: readonly Part[]
  /** Null where there is none, or the network has none. */
  comment: string | null
}
