import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { checkOut, repositoryRoot } from '@hamava/dev-stack/parts'
import type { Options } from '../options.ts'
import { scenarios } from '../scenarios.ts'
import { compareGoal } from './compare-goal.ts'
import { printComparison } from './print-comparison.ts'

/** Compares what is here with another commit, goal by goal; each is measured by the bench of its own commit. */
export async function runAgainst(name: string, file: string, options: Options): Promise<void> {
  const { goals, quick, rounds = quick ? 1 : 3 } = options
  const { commit, folder } = await checkOut(name)
  const sides = {
    new: { folder: repositoryRoot, name: 'here' },
    old: { folder, name: commit },
  }
  const stopping = new AbortController()
  const stop = () => stopping.abort(new Error('stopped'))
  process.once('SIGINT', stop).once('SIGTERM', stop)
  const { signal } = stopping
  const output = mkdtempSync(join(dirname(folder), 'runs-'))
  const say = (line: string) => console.log(`  … ${line}`)
  const compared: object[] = []
  for (const { id, title } of scenarios) {
    if (goals.length > 0 && !goals.includes(id)) continue
    console.log(`\n${id} ${title}: here ÷ ${commit}, more is better`)
    const found = await compareGoal({ goal: id, sides, quick, rounds, output, signal, say })
    signal.throwIfAborted()
    compared.push({ id, title, ...found })
    if ('failure' in found) {
      console.log(`  failed: ${found.failure}`)
      process.exitCode = 1
      continue
    }
    for (const one of found.comparisons) console.log(printComparison(one, commit).join('\n'))
    for (const note of found.notes) console.log(`  ${note}`)
  }
  mkdirSync(dirname(file), { recursive: true })
  const results = { at: new Date().toISOString(), quick, rounds, against: commit, goals: compared }
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`)
  // The output of a bench that failed stays, as its path was printed above.
  if (!process.exitCode) rmSync(output, { recursive: true, force: true })
}
