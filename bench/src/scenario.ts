import type { Bench } from './bench.ts'
import type { ProcessorCost } from './measuring/processor-meter.ts'

/** One measure that is compared with a goal. Ratios say by their name what they are divided by. */
export interface Finding {
  /** What is measured, and divided by what. */
  readonly measure: string
  readonly unit: '×' | 'ms' | 's' | 'MB' | 'statements' | 'slope' | 'posts'
  /** One value per round. */
  readonly rounds: readonly number[]
  /** Our side alone, round by round, where `rounds` are ratios: two commits are compared by it. */
  readonly own?: { readonly unit: string; readonly rounds: readonly number[] }
  /** The processor cost of a unit of work: compared instead on days when times are noisy. */
  readonly processor?: ProcessorCost
  readonly atLeast?: number
  readonly atMost?: number
  /** Absolute figures of the machine, for scale: never a goal. */
  readonly scale?: string
  readonly note?: string
}

/** How a cost grows with a size; both are drawn on logarithmic axes. */
export interface Curve {
  readonly name: string
  readonly x: string
  readonly y: string
  readonly points: readonly (readonly [x: number, y: number])[]
}

export interface Outcome {
  /** The sizes that were used, in words. */
  readonly sizes: string
  readonly findings: readonly Finding[]
  readonly curves?: readonly Curve[]
}

export interface Scenario {
  readonly id: string
  readonly title: string
  readonly run: (bench: Bench) => Promise<Outcome>
}
