import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { goalOf, shown } from './judge.ts'
import type { GoalResult, Results } from './results.ts'

const page = fileURLToPath(new URL('../../../docs/performance.md', import.meta.url))
const markers = ['<!-- figures: begin -->', '<!-- figures: end -->'] as const

/** Puts the figures of a run between the two marks of the page, and leaves the rest of it alone. */
export function writeTable(results: Results): void {
  const text = readFileSync(page, 'utf8')
  const [before, rest] = text.split(markers[0])
  const after = rest?.split(markers[1])[1]
  if (before === undefined || after === undefined) throw new Error(`${page} has lost its marks`)
  writeFileSync(page, `${before}${markers[0]}\n\n${tableOf(results)}\n\n${markers[1]}${after}`)
}

function tableOf({ at, quick, machine, goals }: Results): string {
  const head = `Measured ${at.slice(0, 10)} on ${machine.cores} cores with ${machine.memoryGigabytes} GB, PostgreSQL 18 with fsync, Node ${machine.node.slice(1)}${quick ? ', **small sizes: these figures only show that everything runs**' : ''}.`
  const columns = ['', 'measured', 'rounds', 'median', 'bound', 'goal', 'holds', 'seen / note']
  const rows = goals.flatMap(rowsOf)
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [head, '', line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n')
}

function rowsOf({ id, title, sizes, failure, findings }: GoalResult): string[][] {
  const head = [id, `**${title}** (${sizes || failure?.split('\n')[0]})`, '', '', '', '', '', '']
  const rows = findings.map((finding) => [
    '',
    finding.measure,
    `${finding.rounds.length}`,
    `${shown(finding.median)} ${finding.unit}`,
    shown(finding.bound),
    goalOf(finding),
    finding.holds === undefined ? '' : finding.holds ? 'yes' : '**no**',
    [finding.scale, finding.note].filter(Boolean).join('; '),
  ])
  return [head, ...rows]
}
