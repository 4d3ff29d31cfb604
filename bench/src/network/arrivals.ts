import { quantile } from '../measuring/statistics.ts'
import { readText } from './post-text.ts'

/** What arrived of one kind of post. */
export interface KindReport {
  readonly count: number
  /** Milliseconds from due to arrived. */
  readonly p50: number
  readonly p99: number
  readonly p999: number
  readonly max: number
}

export interface ArrivalReport {
  readonly count: number
  /** The same post once more: a resend, which the key in its header makes harmless. */
  readonly repeated: number
  /** In milliseconds since the epoch. */
  readonly firstAt: number
  readonly lastAt: number
  /** When a tenth and when nine tenths had arrived: between them the rate is steady. */
  readonly tenthAt: number
  readonly nineTenthsAt: number
  readonly kinds: Readonly<Record<string, KindReport>>
  /** How many arrived in each tenth of a second since the first. */
  readonly tenths: readonly number[]
}

/** Remembers when each post arrived; its own text says when it was due. */
export class Arrivals {
  #at: number[] = []
  #repeated = 0
  readonly #seen = new Map<string, Set<number>>()
  readonly #lateness = new Map<string, number[]>()

  /** Returns the id of the post: the same text is the same post. */
  note(text: string, at: number): string {
    const { kind, number, dueAt } = readText(text)
    const seen = this.#seen.get(kind) ?? new Set()
    this.#seen.set(kind, seen)
    if (seen.has(number)) this.#repeated++
    else {
      seen.add(number)
      this.#at.push(at)
      const lateness = this.#lateness.get(kind) ?? []
      this.#lateness.set(kind, lateness)
      lateness.push(at - dueAt)
    }
    return `${kind}-${number}`
  }

  clear(): void {
    this.#at = []
    this.#repeated = 0
    this.#seen.clear()
    this.#lateness.clear()
  }

  report(): ArrivalReport {
    const at = this.#at
    const firstAt = at[0] ?? 0
    const tenths: number[] = []
    for (const one of at) {
      const bucket = Math.floor((one - firstAt) / 100)
      tenths[bucket] = (tenths[bucket] ?? 0) + 1
    }
    return {
      count: at.length,
      repeated: this.#repeated,
      firstAt,
      lastAt: at.at(-1) ?? 0,
      tenthAt: at[Math.floor(at.length * 0.1)] ?? 0,
      nineTenthsAt: at[Math.floor(at.length * 0.9)] ?? 0,
      kinds: Object.fromEntries(
        [...this.#lateness].map(([kind, late]) => [kind, kindReport(late)]),
      ),
      tenths: Array.from(tenths, (count) => count ?? 0),
    }
  }
}

const kindReport = (late: number[]): KindReport => ({
  count: late.length,
  p50: quantile(late, 0.5),
  p99: quantile(late, 0.99),
  p999: quantile(late, 0.999),
  max: quantile(late, 1),
})
