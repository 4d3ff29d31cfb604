import { writeFileSync } from 'node:fs'
import { CannotStartError } from '@hamava/dev-stack'
import { repositoryRoot } from '@hamava/dev-stack/parts'
import { breakAndFind } from './breaking/break-and-find.ts'
import { known } from './known.ts'
import { type Options, readOptions, usage } from './options.ts'
import { printReport, type Report } from './report/print-report.ts'
import { prepareCommit } from './run/prepare-commit.ts'
import { runFuzz } from './run/run-fuzz.ts'
import { withSystem } from './run/with-system.ts'
import type { Access } from './world/world.ts'

const options = readOptions(process.argv.slice(2))
if ('problem' in options) {
  console.error(`${options.problem}\n${usage}`)
  process.exit(2)
}
const begunAt = performance.now()
const say = (line: string) =>
  console.log(`${((performance.now() - begunAt) / 1_000).toFixed(0).padStart(4)} s  ${line}`)
const stopping = new AbortController()
const stop = () => stopping.abort(new Error('stopped'))
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, stop)
// When npm is killed, this channel closes: nobody else would stop this process then.
process.on('disconnect', stop)
const { signal } = stopping

try {
  process.exit((await run(options)) ? 0 : 1)
} catch (error) {
  if (error instanceof CannotStartError) console.error(`\n${error.message}\n\n  ${error.fix}\n`)
  else console.error(`\nThe run could not be carried out: ${(error as Error).stack}\n`)
  process.exit(1)
}

/** Whether all was as it should be. */
async function run(options: Options): Promise<boolean> {
  const { seed, requests, json } = options
  console.log(`seed ${seed}; again with: npm run fuzz -- --seed ${seed} --requests ${requests}`)
  if (options.break) return breakAndFind(options, { say, print: console.log, signal })
  const report = await reportOf(options)
  const unknown = printReport(report, known, console.log)
  if (json) writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`)
  return unknown.length === 0
}

async function reportOf(options: Options): Promise<Report> {
  const { url, key, commit, keep = false } = options
  const ask = (access: Access) => runFuzz({ ...options, access, say, signal })
  if (url && key) return ask({ url: url.replace(/\/$/, ''), apiKey: key })
  const root = commit ? await prepareCommit(commit, signal) : repositoryRoot
  return withSystem({ root, build: true, keep, say, signal }, ask)
}
