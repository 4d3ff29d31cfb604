import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { endRecorded } from './processes/process-record.ts'
import { takeRunLock } from './processes/run-lock.ts'

/**
 * Ends and removes what killed runs left: of the data folders in `folder` whose names begin with `prefix`, those that
 * nobody runs any more. Answers their names.
 */
export async function endLeftOver(folder: string, prefix: string): Promise<string[]> {
  const ended: string[] = []
  for (const name of readdirSync(folder).filter((one) => one.startsWith(prefix))) {
    const dataDir = join(folder, name)
    const record = join(dataDir, 'processes.json')
    // One that is about to begin has started nothing yet.
    if (!existsSync(record)) continue
    const lock = takeRunLock(join(dataDir, 'supervisor.lock'))
    if ('heldBy' in lock) continue
    await endRecorded(record)
    rmSync(dataDir, { recursive: true, force: true })
    ended.push(name)
  }
  return ended
}
