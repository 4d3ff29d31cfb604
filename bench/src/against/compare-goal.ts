import { join } from 'node:path'
import { type Comparison, compare, type GoalRun } from './compare.ts'
import { type Build, turns } from './pair-runs.ts'
import { readFigures } from './read-figures.ts'
import { type BenchRun, runBench } from './run-bench.ts'

export interface GoalOptions {
  readonly goal: string
  /** The repositories, and what they are called. */
  readonly sides: Readonly<Record<Build, { readonly folder: string; readonly name: string }>>
  readonly quick: boolean
  readonly rounds: number
  /** A folder for what the benches print. */
  readonly output: string
  readonly signal: AbortSignal
  readonly say: (line: string) => void
}

export type GoalComparison =
  | {
      readonly comparisons: readonly Comparison[]
      /** The measures that cannot be compared, and why. */
      readonly notes: readonly string[]
    }
  | { readonly failure: string }

/** Scenarios end by themselves within less time; the first run of a commit may have to install and build it. */
const limitsMs = { preparing: 20 * 60_000, quick: 8 * 60_000, full: 35 * 60_000 }

/** Measures both sides of one goal in turns, after a small run of each that warms up and shows that it works. */
export async function compareGoal(options: GoalOptions): Promise<GoalComparison> {
  const { goal, sides, quick, rounds, output, signal, say } = options
  let count = 0
  const run = async (side: Build, what: string, limit: keyof typeof limitsMs) => {
    const begun = performance.now()
    const { folder, name } = sides[side]
    try {
      return await runBench({
        folder,
        goal,
        quick: quick || limit === 'preparing',
        output: join(output, `${goal}-${count++}-${side}`),
        withinMs: limitsMs[limit],
        signal,
      })
    } catch (error) {
      throw new Error(`${name}: ${(error as Error).message}`, { cause: error })
    } finally {
      say(`${what}: ${name}, ${((performance.now() - begun) / 1000).toFixed(0)} s`)
    }
  }
  try {
    for (const side of ['old', 'new'] as const) await run(side, 'warm-up', 'preparing')
    const runs: BenchRun[] = []
    for (let round = 1; round <= rounds; round++) {
      for (const side of turns) {
        runs.push(await run(side, `round ${round} of ${rounds}`, quick ? 'quick' : 'full'))
      }
    }
    return compareRuns(options, runs)
  } catch (error) {
    return { failure: (error as Error).message }
  }
}

function compareRuns({ goal, sides }: GoalOptions, runs: readonly BenchRun[]): GoalComparison {
  const told: GoalRun[] = runs.map(({ result, programs }) => ({
    figures: readFigures(result.findings),
    programs,
  }))
  const sideOf = (at: number): Build => turns[at % turns.length] ?? 'new'
  const labels = new Map(
    told.flatMap(({ figures }) => figures.map(({ measure, label }) => [measure, label] as const)),
  )
  const comparisons: Comparison[] = []
  const notes: string[] = []
  for (const [measure, label] of labels) {
    const comparison = compare(goal, measure, told)
    if (comparison) comparisons.push(comparison)
    else {
      const lacking = told.findIndex(
        ({ figures }) => !figures.some((one) => one.measure === measure),
      )
      notes.push(`${label}: not reported by ${sides[sideOf(lacking)].name}`)
    }
  }
  const sizes = new Set(runs.map(({ result }) => result.sizes))
  if (sizes.size > 1) notes.push(`measured with other sizes: ${[...sizes].join(' | ')}`)
  return { comparisons, notes }
}
