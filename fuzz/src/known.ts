import type { OracleName } from './oracles/oracle.ts'

/** A known cause that somebody works on; all other violations fail the run. */
export interface Known {
  /** The issue about it. */
  readonly issue: string
  readonly oracle: OracleName
  readonly matches: RegExp
  /** Only on these operations; on all when absent. */
  readonly operations?: readonly string[]
  readonly what: string
}

export const known: readonly Known[] = []
