import { join } from 'node:path'
import { CannotStartError } from '@hamava/dev-stack'
import { repositoryRoot } from '@hamava/dev-stack/parts'
import { runAgainst } from './against/run-against.ts'
import { type Options, readOptions } from './options.ts'
import { withChaos } from './report/chaos-findings.ts'
import { readResults, resultsOf, saveResults } from './report/results.ts'
import { writeCurves } from './report/write-curves.ts'
import { writeTable } from './report/write-table.ts'
import { runScenarios } from './run-scenarios.ts'

const usage =
  'usage: npm run bench -- [G3 G5 …] [--quick] [--json FILE] [--chaos FILE,FILE] [--write]\n' +
  '       npm run bench -- [G3 G5 …] [--quick] [--json FILE] --against COMMIT [--rounds N]\n' +
  '       npm run bench -- --write --json FILE   (no goals: only writes the table, when the file exists)'
const options = readOptions(process.argv.slice(2))
if ('problem' in options) {
  console.error(`${options.problem}\n${usage}`)
  process.exit(2)
}

const stamp = new Date().toISOString().slice(0, 16).replaceAll(':', '-')
const file = options.json ?? join(repositoryRoot, `.hamava/bench/${stamp}.json`)
try {
  if (options.against) await runAgainst(options.against, file, options)
  else await measure(options)
  console.log(`\n${file}`)
} catch (error) {
  if (error instanceof CannotStartError) console.error(`${error.message}\n\n  ${error.fix}`)
  else console.error(error)
  process.exitCode = 1
}

async function measure(options: Options): Promise<void> {
  const kept = options.write && options.goals.length === 0 ? readResults(file) : undefined
  const results = kept
    ? withChaos(kept, options.chaos)
    : resultsOf(await runScenarios(options), options)
  if (!kept) {
    saveResults(file, results)
    if (!options.quick) writeCurves(results)
  }
  if (options.write) writeTable(results)
}
