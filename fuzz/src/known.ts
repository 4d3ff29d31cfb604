import type { OracleName } from './oracles/oracle.ts'

/** A cause that is known and that somebody works on; nothing else is passed over. */
export interface Known {
  /** Who owns it. */
  readonly issue: string
  readonly oracle: OracleName
  readonly matches: RegExp
  /** Only on these operations; on all of them where there are none named. */
  readonly operations?: readonly string[]
  readonly what: string
}

export const known: readonly Known[] = []
