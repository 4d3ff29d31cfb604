import type { Finding } from '../scenario.ts'
import { goalOf, judge, shown } from './judge.ts'

/** One line for the terminal. */
export function printFinding(finding: Finding): string {
  const { measure, unit, median, bound, holds, scale, rounds } = judge(finding)
  const verdict = holds === undefined ? ' ' : holds ? '✓' : '✗'
  const parts = [
    `${verdict} ${measure}: ${shown(median)} ${unit}`,
    `bound ${shown(bound)}, goal ${goalOf(finding)}, ${rounds.length} rounds`,
    ...(scale ? [scale] : []),
    ...(finding.note ? [finding.note] : []),
  ]
  return parts.join('; ')
}
