import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from '@jest/globals'
import { tableOf } from './print-table.ts'
import { runChaos } from './run-chaos.ts'

const parent = resolve(import.meta.dirname, '../../.hamava')

it('publishes everything once while every kind of fault is about', async () => {
  mkdirSync(parent, { recursive: true })
  const dataDir = mkdtempSync(join(parent, 'chaos-'))
  const verdict = await runChaos({
    publications: 200,
    minutes: 0.35,
    seed: 7,
    publishers: 3,
    // Ten processes begin anew within these seconds, on whatever cores the other tests leave: lateness is judged by
    // the full run, here only that nothing waits much longer than a few leases.
    tooLateMs: 15_000,
    dataDir,
    build: false,
    say: () => {},
  })
  // The whole table says more than a failed expectation; data and logs are kept for whoever looks into it.
  const said = verdict.failures.length > 0 ? `${tableOf(verdict)}\n${dataDir}` : ''
  expect(said).toBe('')
  for (const { fired, minimum } of verdict.faults) expect(fired).toBeGreaterThanOrEqual(minimum)
  rmSync(dataDir, { recursive: true, force: true })
}, 120_000)
