import type { Draft, Drawn, Twist } from '../drawing/draft.ts'
import type { Answer, HttpRequest } from '../sending/http.ts'
import type { World } from '../world/world.ts'

/** A request as it was sent, and what came back. */
export interface Exchange {
  readonly number: number
  readonly world: World
  readonly drawn: Drawn
  /** The twists that were applied. */
  readonly twists: readonly Twist[]
  readonly draft: Draft
  readonly request: HttpRequest
  readonly answer: Answer
}

export type OracleName =
  | 'server errors'
  | 'problems'
  | 'document'
  | 'input'
  | 'unchanged'
  | 'replays'
  | 'cursors'
  | 'rights'
  | 'feed'
  | 'conditional'
  | 'limits'
  | 'stored'
  | 'headers'

export interface Finding {
  readonly oracle: OracleName
  /** What is wrong, in words that are the same for the same cause. */
  readonly what: string
  /** More, for who looks into this one. */
  readonly detail?: string | undefined
  /** The exchange that shows it, where it is not the one that was judged. */
  readonly shownBy?: Pick<Exchange, 'request' | 'answer'>
  /** The operation, where it is another one. */
  readonly operation?: string
}

/** Judges an answer by itself. */
export type Oracle = (exchange: Exchange) => Finding[]

/** Judges with requests of its own. */
export type Asking = (exchange: Exchange) => Promise<Finding[]>

export const finding = (oracle: OracleName, what: string, detail?: string): Finding => ({
  oracle,
  what,
  detail,
})
