import { readFileSync } from 'node:fs'
import { judge } from './judge.ts'
import type { GoalResult } from './results.ts'

/** G1 is counted by `npm run chaos`; its report is only told again here. */
export function chaosFindings(file: string | undefined): GoalResult[] {
  const base = { id: 'G1', title: 'Duplicates and losses under faults', seconds: 0, curves: [] }
  if (!file) return [{ ...base, sizes: 'see `npm run chaos`', findings: [] }]
  const said = JSON.parse(readFileSync(file, 'utf8')) as {
    posts?: number
    faults?: number
    duplicates?: number
    lost?: number
  }
  const count = (measure: string, value = Number.NaN) =>
    judge({ measure, unit: 'posts', rounds: [value], atMost: 0 })
  return [
    {
      ...base,
      sizes: `${said.posts} posts, ${said.faults} faults`,
      findings: [count('published twice', said.duplicates), count('lost', said.lost)],
    },
  ]
}
