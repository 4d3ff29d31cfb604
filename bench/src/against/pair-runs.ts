/** The two commits: what is here, and what it is compared with. */
export type Build = 'new' | 'old'

/** In turns, so that other load on the machine meets both alike; the old commit runs twice in a row, for the noise. */
export const turns = ['new', 'old', 'old', 'new'] as const satisfies readonly Build[]

/** Two runs that were made one after the other: the first is divided by the second. */
export type Pair<T> = readonly [T, T]

export interface Pairs<T> {
  readonly newOld: readonly Pair<T>[]
  /** The same commit twice: their difference is the noise of the day. */
  readonly oldOld: readonly Pair<T>[]
}

/** Pairs runs in the order of `turns`, round after round. An incomplete round does not count. */
export function pairRuns<T>(runs: readonly T[]): Pairs<T> {
  const newOld: Pair<T>[] = []
  const oldOld: Pair<T>[] = []
  for (let at = 0; at + turns.length <= runs.length; at += turns.length) {
    const [firstNew, firstOld, secondOld, secondNew] = runs.slice(at) as [T, T, T, T]
    newOld.push([firstNew, firstOld], [secondNew, secondOld])
    oldOld.push([firstOld, secondOld])
  }
  return { newOld, oldOld }
}
