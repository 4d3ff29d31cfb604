import { describe, expect, it } from '@jest/globals'
import { printReport, type Report } from './print-report.ts'
import type { Violation } from './violation.ts'

const violation = (what: string, operation: string, twists: string[] = []): Violation => ({
  oracle: 'feed',
  what,
  operation,
  caller: 'owner key',
  number: 1,
  curl: `curl ${operation}`,
  answered: '200',
  twists,
})

const reportOf = (...violations: Violation[]): Report => ({
  seed: 1,
  requests: 3,
  seconds: 1,
  statuses: { 200: 3 },
  violations,
})

const known = [
  {
    issue: 'X1',
    oracle: 'feed' as const,
    matches: /^goes on/,
    operations: ['streamEvents'],
    what: 'is known',
  },
]

function print(...violations: Violation[]) {
  const lines: string[] = []
  const unknown = printReport(reportOf(...violations), known, (line) => lines.push(line))
  return { unknown, text: lines.join('\n') }
}

describe('a report', () => {
  it('tells of each cause once, by the request with the fewest twists', () => {
    const { unknown, text } = print(
      violation('is wrong', 'listPosts', ['a', 'b']),
      violation('is wrong', 'listHolds', ['a']),
    )
    expect(unknown).toHaveLength(1)
    expect(text).toContain('feed: is wrong  (2 ×)\n  on listPosts 1, listHolds 1')
    expect(text).toContain('curl listHolds')
    expect(text).not.toContain('curl listPosts')
  })

  it('counts what is known, and passes over nothing else', () => {
    expect(print(violation('goes on', 'streamEvents')).unknown).toEqual([])
    expect(print(violation('goes on', 'streamEvents')).text).toContain('X1  1 × is known')
    expect(print(violation('goes on', 'listPosts')).unknown).toHaveLength(1)
  })
})
