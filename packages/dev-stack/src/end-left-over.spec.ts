import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from '@jest/globals'
import { endLeftOver } from './end-left-over.ts'
import { describeProcess, isRunning, recordProcesses } from './processes/process-record.ts'
import { takeRunLock } from './processes/run-lock.ts'

const folder = mkdtempSync(join(tmpdir(), 'hamava-left-'))
afterAll(() => rmSync(folder, { recursive: true }))

function aRun(name: string) {
  const dataDir = join(folder, name)
  mkdirSync(dataDir)
  const script = 'setInterval(() => {}, 1000)'
  const child = spawn(process.execPath, ['-e', script], { detached: true, stdio: 'ignore' })
  const entry = describeProcess('sleeper', child.pid ?? 0)
  if (!entry) throw new Error('the sleeper did not start')
  recordProcesses(join(dataDir, 'processes.json'), [entry])
  return { child, entry, lockFile: join(dataDir, 'supervisor.lock') }
}

it('ends what a killed run left, and nothing of one that goes on, begins, or has another name', async () => {
  const [killed, going, another] = [aRun('flows-1'), aRun('flows-2'), aRun('browser-1')]
  mkdirSync(join(folder, 'flows-3'))
  takeRunLock(going.lockFile)
  expect(await endLeftOver(folder, 'flows-')).toEqual(['flows-1'])
  expect([killed, going, another].map(({ entry }) => isRunning(entry))).toEqual([false, true, true])
  expect(readdirSync(folder).toSorted()).toEqual(['browser-1', 'flows-2', 'flows-3'])
  for (const { child } of [going, another]) child.kill('SIGKILL')
})
