import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from '@jest/globals'
import { identityOf } from './process-identity.ts'
import { describeProcess, endRecorded, recordProcesses } from './process-record.ts'
import { takeRunLock } from './run-lock.ts'

const folder = mkdtempSync(join(tmpdir(), 'hamava-record-'))
const file = join(folder, 'processes.json')
afterAll(() => rmSync(folder, { recursive: true }))

function sleeper(script = 'setInterval(() => {}, 1000)') {
  const child = spawn(process.execPath, ['-e', script], { detached: true, stdio: 'pipe' })
  const entry = describeProcess('sleeper', child.pid ?? 0)
  if (!entry) throw new Error('the sleeper did not start')
  return { child, entry }
}

it('ends a recorded process that still runs', async () => {
  const { entry } = sleeper()
  recordProcesses(file, [entry])
  expect(await endRecorded(file)).toEqual([entry])
  expect(identityOf(entry.pid)).toBeUndefined()
})

it('kills one that ignores being asked', async () => {
  const { child, entry } = sleeper(
    'process.on("SIGTERM", () => {}); console.log("deaf"); setInterval(() => {}, 1000)',
  )
  await new Promise((resolve) => child.stdout.once('data', resolve))
  recordProcesses(file, [entry])
  await endRecorded(file, 300)
  expect(identityOf(entry.pid)).toBeUndefined()
})

it('leaves a program alone that meanwhile got the same pid', async () => {
  const { child, entry } = sleeper()
  recordProcesses(file, [{ ...entry, identity: 'begun at another time' }])
  expect(await endRecorded(file)).toEqual([])
  expect(identityOf(entry.pid)).toBe(entry.identity)
  child.kill('SIGKILL')
})

it('gives the lock to one holder, and on when that was killed', async () => {
  const { child, entry } = sleeper()
  const lockFile = join(folder, 'lock')
  const held = takeRunLock(lockFile)
  expect(takeRunLock(lockFile)).toEqual({ heldBy: process.pid })
  if ('release' in held) held.release()
  child.kill('SIGKILL')
  await once(child, 'exit')
  writeFileSync(lockFile, JSON.stringify(entry))
  expect(takeRunLock(lockFile)).toHaveProperty('release')
})
