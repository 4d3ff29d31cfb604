import { twisted } from '../drawing/draft.ts'
import { drawRequest } from '../drawing/draw-request.ts'
import { drawAsking } from '../oracles/asking.ts'
import type { Exchange, Finding } from '../oracles/oracle.ts'
import { takeSnapshot, unchanged } from '../oracles/unchanged.ts'
import { keyOf, type Violation } from '../report/violation.ts'
import { isAccepted } from '../sending/http.ts'
import { Watch } from '../watching/watch.ts'
import { restoreMember, restoreSession } from '../world/restore.ts'
import type { World } from '../world/world.ts'
import { afterwards, confirmed, exchange, judged, shrink, violationOf } from './judge.ts'

export interface LaneOptions {
  readonly world: World
  readonly seed: number
  /** The numbers of its requests. */
  readonly numbers: readonly number[]
  readonly signal?: AbortSignal | undefined
  readonly onAnswer: (status: number) => void
}

/** The most violations of one cause that are shrunk, to find its smallest form. */
const mostShrunk = 3
/** The share of changes after which it is checked what they left untouched. */
const compared = 0.25

/** One request after the other, each judged before the next is drawn. */
export async function runLane(options: LaneOptions): Promise<Violation[]> {
  const { world, seed, numbers, signal, onAnswer } = options
  const violations: Violation[] = []
  const counts = new Map<string, number>()
  const isNew = (found: Finding) => {
    const count = counts.get(keyOf(found)) ?? 0
    counts.set(keyOf(found), count + 1)
    return count < mostShrunk
  }
  const watch = await Watch.begin(world)
  try {
    for (const number of numbers) {
      signal?.throwIfAborted()
      const drawn = await drawRequest(world, seed, number)
      const draw = afterwards(seed, number)
      const isCompared = draw.chance(compared) && drawn.base.method !== 'GET' && !watch.isTrying
      const before = isCompared
        ? await takeSnapshot(world, twisted(drawn, drawn.twists))
        : undefined
      const one = await exchange(world, number, drawn, drawn.twists)
      const changed = before ? await unchanged(one, before) : []
      onAnswer(one.answer.status)
      const found = await confirmed(one, judged(one))
      for (const each of found) {
        const isShrunk = isNew(each) && one.twists.length > 0
        violations.push(isShrunk ? await shrink(one, each) : violationOf(one, each))
      }
      watch.note(one)
      violations.push(...changed.map((each) => violationOf(one, each)))
      for (const asks of drawAsking(draw)) {
        for (const found of await asks(one)) violations.push(violationOf(one, found))
      }
      await restore(one, found.length > 0)
      watch.sometimes(draw, number)
    }
    return [...violations, ...(await watch.end())]
  } finally {
    watch.close()
  }
}

/** Gives callers back what a request took: the run relies on who they are. */
async function restore({ world, draft, answer }: Exchange, wasRepeated: boolean): Promise<void> {
  if (!isAccepted(answer) && !wasRepeated) return
  if (draft.operation.id === 'editMember') await restoreMember(world, draft.params.id ?? '')
  if (draft.operation.id === 'logout') await restoreSession(world, draft.caller)
}
