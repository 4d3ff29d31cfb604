import type { OracleName } from '../oracles/oracle.ts'

/** By what a fault shows. */
export interface Sign {
  readonly oracle: OracleName
  /** On one of these operations; on any where none are named. */
  readonly operations?: readonly string[]
  readonly what?: RegExp
}

/** A mistake as people make them, to be planted into the source. */
export interface Fault {
  readonly id: string
  readonly area: string
  readonly file: string
  /** Stands exactly once in the file. */
  readonly find: string
  readonly replace: string
  /** What went wrong. */
  readonly what: string
  readonly signs: readonly Sign[]
  /** How the names begin of faults that cannot show beside this one. */
  readonly hides?: string
}
