import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { endRecorded } from './processes/process-record.ts'
import { takeRunLock } from './processes/run-lock.ts'

/**
 * Cleans up after killed runs: ends the processes and removes the data folders in `folder` whose names begin with
 * `prefix` and whose lock nobody holds. Returns the names of these folders.
 */
export async function endLeftOver(folder: string, prefix: string): Promise<string[]> {
  const ended: string[] = []
  for (const name of readdirSync(folder).filter((one) => one.startsWith(prefix))) {
    const dataDir = join(folder, name)
    const record = join(dataDir, 'processes.json')
    // A run that is just starting has no record yet.
    if (!existsSync(record)) continue
    const lock = takeRunLock(join(dataDir, 'supervisor.lock'))
    if ('heldBy' in lock) continue
    await endRecorded(record)
    rmSync(dataDir, { recursive: true, force: true })
    ended.push(name)
  }
  return ended
}
