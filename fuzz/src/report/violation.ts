import type { Finding } from '../oracles/oracle.ts'

/** A finding with everything that shows it. */
export interface Violation extends Finding {
  readonly operation: string
  readonly caller: string
  readonly number: number
  readonly curl: string
  readonly answered: string
  readonly twists: readonly string[]
}

/** Violations of one cause. */
export interface Group {
  readonly oracle: Finding['oracle']
  readonly what: string
  /** How often on each operation. */
  readonly operations: Map<string, number>
  /** The violation that is printed in full: one with the fewest twists. */
  example: Violation
  count: number
}

export const keyOf = ({ oracle, what }: Pick<Finding, 'oracle' | 'what'>) => `${oracle}: ${what}`

/** Groups violations by oracle and cause; each group counts its operations. */
export function groupOf(violations: readonly Violation[]): Group[] {
  const groups = new Map<string, Group>()
  for (const violation of violations) {
    const { oracle, what, operation } = violation
    const group = groups.get(keyOf(violation)) ?? {
      oracle,
      what,
      operations: new Map<string, number>(),
      example: violation,
      count: 0,
    }
    groups.set(keyOf(violation), group)
    group.count++
    group.operations.set(operation, (group.operations.get(operation) ?? 0) + 1)
    if (violation.twists.length < group.example.twists.length) group.example = violation
  }
  return [...groups.values()].sort((a, b) => keyOf(a).localeCompare(keyOf(b)))
}
