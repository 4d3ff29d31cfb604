import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { CannotStartError } from '@hamava/dev-stack'
import { readOptions, usage } from './options.ts'
import { tableOf } from './print-table.ts'
import { runChaos } from './run-chaos.ts'

const options = readOptions(process.argv.slice(2))
if ('problem' in options) {
  console.error(`${options.problem}\n${usage}`)
  process.exit(2)
}

const { publications, minutes, seed, publishers, json, keep } = options
const parent = resolve(import.meta.dirname, '../../.hamava')
mkdirSync(parent, { recursive: true })
const dataDir = mkdtempSync(join(parent, 'chaos-'))
const again = `npm run chaos -- --publications ${publications} --minutes ${minutes} --seed ${seed} --publishers ${publishers}`
const begunAt = performance.now()
const say = (line: string) =>
  console.log(`${((performance.now() - begunAt) / 1000).toFixed(0).padStart(4)} s  ${line}`)

const stopping = new AbortController()
const stop = () => stopping.abort(new Error('stopped'))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
// When npm is killed, this channel closes: nobody else would stop this process then.
process.on('disconnect', stop)

let passed = false
try {
  console.log(`seed ${seed}; again with: ${again}\ndata and logs: ${dataDir}\n`)
  const verdict = await runChaos({
    publications,
    minutes,
    seed,
    publishers,
    dataDir,
    build: true,
    say,
    signal: stopping.signal,
  })
  console.log(`\n${tableOf(verdict)}\n`)
  if (json) writeFileSync(json, `${JSON.stringify({ ...options, ...verdict }, null, 2)}\n`)
  passed = verdict.failures.length === 0
} catch (error) {
  if (error instanceof CannotStartError) console.error(`\n${error.message}\n\n  ${error.fix}\n`)
  else console.error(`\nThe run could not be carried out: ${(error as Error).stack}\n`)
}
if (passed && !keep) rmSync(dataDir, { recursive: true, force: true })
else console.log(`Data, logs and faults.jsonl are in ${dataDir}\nAgain: ${again}`)
process.exit(passed ? 0 : 1)
