import { readFileSync } from 'node:fs'
import { judge } from './judge.ts'
import type { GoalResult, Results } from './results.ts'

/** The parts of the report of `npm run chaos -- --json FILE` that are used here. */
interface Report {
  readonly rows: readonly {
    readonly name: string
    readonly scheduled: number
    readonly duplicates: number
    readonly lost: number
  }[]
  readonly faults: readonly { readonly fired: number }[]
}

/** G1 is counted by `npm run chaos`; its reports are only added up here. @param files separated by commas */
export function chaosFindings(files: string | undefined): GoalResult[] {
  const base = { id: 'G1', title: 'Duplicates and losses under faults', seconds: 0, curves: [] }
  if (!files) return [{ ...base, sizes: 'see `npm run chaos`', findings: [] }]
  const runs = files.split(',').map(reportOf)
  const sum = (of: (run: Report) => number) => runs.reduce((total, run) => total + of(run), 0)
  const all = ({ rows }: Report) => {
    const found = rows.find(({ name }) => name === 'all')
    if (!found) throw new Error('a report of chaos has a row for all classes')
    return found
  }
  const posts = sum((run) => all(run).scheduled)
  const faults = sum((run) => run.faults.reduce((total, { fired }) => total + fired, 0))
  const count = (measure: string, value: number) =>
    judge({ measure, unit: 'posts', rounds: [value], atMost: 0 })
  return [
    {
      ...base,
      sizes: `${runs.length} runs, ${posts} posts, ${faults} faults`,
      findings: [
        count(
          'published twice',
          sum((run) => all(run).duplicates),
        ),
        count(
          'lost',
          sum((run) => all(run).lost),
        ),
      ],
    },
  ]
}

/** Earlier results, with the counts of chaos runs since. */
export const withChaos = (results: Results, files: string | undefined): Results =>
  files
    ? {
        ...results,
        goals: [...chaosFindings(files), ...results.goals.filter(({ id }) => id !== 'G1')],
      }
    : results

const reportOf = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Report
