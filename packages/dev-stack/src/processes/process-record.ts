import { readIfThere, writeAtomically } from '../files/write-atomically.ts'
import { signalGroup } from './launch.ts'
import { identityOf } from './process-identity.ts'
import { until } from './until.ts'

/** A process as it is written down for whoever has to clean up after a crash. */
export interface RecordedProcess {
  readonly name: string
  readonly pid: number
  readonly identity: string
}

/** Records the running processes, so that a later start can find what a killed one left behind. */
export function recordProcesses(file: string, processes: readonly RecordedProcess[]): void {
  writeAtomically(file, `${JSON.stringify(processes, null, 1)}\n`)
}

export function describeProcess(name: string, pid: number): RecordedProcess | undefined {
  const identity = identityOf(pid)
  return identity ? { name, pid, identity } : undefined
}

export function isRunning({ pid, identity }: RecordedProcess): boolean {
  const now = identityOf(pid)
  return now !== undefined && now === identity
}

/**
 * Ends the recorded processes that still run, the last started first, and answers which those were. A pid that
 * meanwhile belongs to another program is left alone.
 */
export async function endRecorded(file: string, graceMs = 10_000): Promise<RecordedProcess[]> {
  const recorded = JSON.parse(readIfThere(file) ?? '[]') as RecordedProcess[]
  const left = recorded.filter(isRunning).reverse()
  for (const orphan of left) {
    // PostgreSQL waits for its sessions on SIGTERM and ends them on SIGINT.
    signalGroup(orphan.pid, orphan.name === 'postgres' ? 'SIGINT' : 'SIGTERM')
  }
  const allGone = () => (left.some(isRunning) ? undefined : true)
  try {
    await until(allGone, { what: 'ending left-over processes', timeoutMs: graceMs })
  } catch {
    for (const orphan of left.filter(isRunning)) signalGroup(orphan.pid, 'SIGKILL')
    await until(allGone, { what: 'killing left-over processes', timeoutMs: 5_000 })
  }
  return left
}
