import type { OracleName } from '../oracles/oracle.ts'

/** Marks of a violation by which a fault shows. */
export interface Sign {
  readonly oracle: OracleName
  /** The operations on which it may show; any when absent. */
  readonly operations?: readonly string[]
  readonly what?: RegExp
}

/** A mistake as people make them, to be planted into the source. */
export interface Fault {
  readonly id: string
  readonly area: string
  readonly file: string
  /** The text to replace, which stands exactly once in the file. */
  readonly find: string
  readonly replace: string
  /** What went wrong. */
  readonly what: string
  readonly signs: readonly Sign[]
  /** The beginning of the names of faults that cannot show beside this one. */
  readonly hides?: string
}
