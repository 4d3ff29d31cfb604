import type { Draw } from '../drawing/draw.ts'
import type { Asking } from './oracle.ts'
import { raisedRights } from './raised-rights.ts'

/** Those that ask further, and of how many exchanges. */
const sampled: readonly { readonly asks: Asking; readonly of: number }[] = [
  { asks: raisedRights, of: 1 },
]

/** Which of them ask after an exchange; drawn for each number alike, whatever came back. */
export const drawAsking = (draw: Draw): Asking[] =>
  sampled.flatMap(({ asks, of }) => (draw.chance(of) ? [asks] : []))
