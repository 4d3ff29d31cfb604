import { median, quantile } from '../measuring/statistics.ts'
import { outsideCost, type ProgramSeconds } from './outside-cost.ts'
import { type Pairs, pairRuns } from './pair-runs.ts'
import type { Cost, Figure } from './read-figures.ts'

/** What one run of one commit's bench told of a goal. */
export interface GoalRun {
  readonly figures: readonly Figure[]
  /** Measured from outside, so known for every commit. */
  readonly programs: ProgramSeconds
}

/** Quotients of pairs of runs. */
export interface Spread {
  readonly median: number
  readonly quartiles: readonly [low: number, high: number]
}

/** In all of them a higher quotient is better, whatever is measured. */
interface Quotients {
  readonly newOld: Spread
  /** The noise of the day. */
  readonly oldOld: Spread
}

export interface Comparison extends Quotients {
  readonly label: string
  readonly unit: string
  readonly new: number
  readonly old: number
  readonly isNoisy: boolean
  /** Undefined where the measure has no processor time, or one of the commits does not know it. */
  readonly processor?: ProcessorComparison
}

export interface ProcessorComparison extends Quotients {
  /**
   * Whether both commits report the cost of a unit of work; else it is the cost of the whole run, measured from
   * outside.
   */
  readonly isReported: boolean
  readonly new: Cost
  readonly old: Cost
}

/** Where the same commit differs from itself by more than this, times and rates say little. */
const calm = [0.95, 1.05] as const

/** Compares one measure in runs in the order of `turns`. Undefined where one of the runs lacks it. */
export function compare(
  goal: string,
  measure: string,
  runs: readonly GoalRun[],
): Comparison | undefined {
  const figures = runs.flatMap(
    ({ figures }) => figures.find((figure) => figure.measure === measure) ?? [],
  )
  const [first] = figures
  if (!first || figures.length < runs.length) return undefined
  const { label, unit, isMoreBetter } = first
  const quotients = divide(pairRuns(figures.map(({ value }) => value)), isMoreBetter)
  const processor = compareCosts(
    figures.map(({ cost }) => cost),
    figures.map((figure, at) => outsideCost(goal, figure, runs[at]?.programs ?? {})),
  )
  return {
    label,
    unit,
    ...bySide(figures, (some) => median(some.map(({ value }) => value))),
    ...quotients,
    isNoisy: isNoisy(quotients.oldOld),
    ...(processor && { processor }),
  }
}

function compareCosts(
  reported: readonly (Cost | undefined)[],
  seen: readonly (Cost | undefined)[],
): ProcessorComparison | undefined {
  const isReported = reported.every((cost) => cost !== undefined)
  const costs = (isReported ? reported : seen).filter((cost) => cost !== undefined)
  if (costs.length < reported.length) return undefined
  const totals = costs.map(({ services, postgres }) => services + postgres)
  return {
    isReported,
    ...bySide(costs, (some) => ({
      per: some[0]?.per ?? '',
      services: median(some.map(({ services }) => services)),
      postgres: median(some.map(({ postgres }) => postgres)),
    })),
    ...divide(pairRuns(totals), false),
  }
}

function bySide<T, R>(runs: readonly T[], of: (some: readonly T[]) => R): { new: R; old: R } {
  const { newOld } = pairRuns(runs)
  return { new: of(newOld.map(([ours]) => ours)), old: of(newOld.map(([, theirs]) => theirs)) }
}

function divide({ newOld, oldOld }: Pairs<number>, isMoreBetter: boolean): Quotients {
  const spread = (pairs: Pairs<number>['newOld']): Spread => {
    const quotients = pairs.map(([a, b]) => quotient(a, b, isMoreBetter))
    return {
      median: median(quotients),
      quartiles: [quantile(quotients, 0.25), quantile(quotients, 0.75)],
    }
  }
  return { newOld: spread(newOld), oldOld: spread(oldOld) }
}

/** For rates the first divided by the second; for times and memory the other way round. */
function quotient(first: number, second: number, isMoreBetter: boolean): number {
  if (!(first > 0 && second > 0)) return Number.NaN
  return isMoreBetter ? first / second : second / first
}

const isNoisy = ({ median }: Spread) => median < calm[0] || median > calm[1]
