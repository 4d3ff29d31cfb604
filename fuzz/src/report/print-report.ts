import type { Known } from '../known.ts'
import { type Group, groupOf, type Violation } from './violation.ts'

export interface Report {
  readonly seed: number
  readonly requests: number
  readonly seconds: number
  readonly statuses: Readonly<Record<string, number>>
  readonly violations: readonly Violation[]
}

const mostOperations = 8

/** Prints each cause once; returns the causes that are not known. */
export function printReport(
  { seed, requests, seconds, statuses, violations }: Report,
  known: readonly Known[],
  print: (line: string) => void,
): Group[] {
  const groups = groupOf(violations)
  const unknown = groups.filter((group) => !known.some((one) => isOf(group, one)))
  for (const group of unknown) print(`\n${describe(group, seed)}`)
  const told = known.flatMap((one) => {
    const mine = groups.filter((group) => isOf(group, one))
    const count = mine.reduce((sum, group) => sum + group.count, 0)
    return count > 0 ? [`  ${one.issue}  ${count} × ${one.what}`] : []
  })
  if (told.length > 0) print(`\nknown, and owned elsewhere:\n${told.join('\n')}`)
  const counts = Object.entries(statuses).map(([status, count]) => `${status}: ${count}`)
  print(`\n${requests} requests in ${seconds.toFixed(0)} s (${counts.join(', ')}), seed ${seed}`)
  print(`${groups.length} causes, ${unknown.length} of them not known`)
  return unknown
}

/** Whether a cause is one that is known. */
export const isOf = (group: Pick<Group, 'oracle' | 'what' | 'operations'>, known: Known): boolean =>
  group.oracle === known.oracle &&
  known.matches.test(group.what) &&
  (!known.operations ||
    [...group.operations.keys()].every((name) => known.operations?.includes(name)))

function describe({ oracle, what, operations, example, count }: Group, seed: number): string {
  const names = [...operations].sort(([, a], [, b]) => b - a)
  const shown = names.slice(0, mostOperations).map(([name, times]) => `${name} ${times}`)
  const more = names.length > mostOperations ? `, and ${names.length - mostOperations} more` : ''
  return [
    `${oracle}: ${what}  (${count} ×)`,
    `  on ${shown.join(', ')}${more}`,
    `  by ${example.caller}, request ${example.number} of seed ${seed}${example.twists.length > 0 ? `, with ${example.twists.join(' and ')}` : ''}`,
    `  ${example.curl}`,
    `  → ${example.answered}`,
    ...(example.detail ? [`  ${example.detail.slice(0, 400)}`] : []),
  ].join('\n')
}
