import type { Draw } from '../drawing/draw.ts'
import { conditionalReads } from './conditional-reads.ts'
import { cursorWalks } from './cursor-walks.ts'
import type { Asking } from './oracle.ts'
import { otherMethods } from './other-methods.ts'
import { raisedRights } from './raised-rights.ts'
import { replays, sideBySide } from './replays.ts'
import { stored, takenAway } from './stored.ts'

/** The oracles that send requests of their own, each after one of `of` exchanges. */
const sampled: readonly { readonly asks: Asking; readonly of: number }[] = [
  { asks: raisedRights, of: 1 },
  { asks: replays, of: 0.5 },
  { asks: sideBySide, of: 0.2 },
  { asks: stored, of: 1 },
  { asks: takenAway, of: 1 },
  { asks: conditionalReads, of: 0.3 },
  { asks: otherMethods, of: 0.1 },
  { asks: cursorWalks, of: 0.4 },
]

/** Draws which of them ask after an exchange; depends only on its number, not on its answer. */
export const drawAsking = (draw: Draw): Asking[] =>
  sampled.flatMap(({ asks, of }) => (draw.chance(of) ? [asks] : []))
