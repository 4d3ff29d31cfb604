import { linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { readIfThere } from '../files/write-atomically.ts'
import { describeProcess, isRunning, type RecordedProcess } from './process-record.ts'

/** Takes the lock of a data folder, or returns the pid that holds it. The lock of a dead process does not count. */
export function takeRunLock(file: string): { release: () => void } | { heldBy: number } {
  mkdirSync(dirname(file), { recursive: true })
  const ours = `${file}.${process.pid}`
  const text = JSON.stringify(describeProcess('supervisor', process.pid))
  writeFileSync(ours, text)
  try {
    for (;;) {
      try {
        // Linking fails when the name exists, so of two starts at the same moment one wins.
        linkSync(ours, file)
        return { release: () => rmSync(file, { force: true }) }
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
      const holder = parse(readIfThere(file))
      if (holder && isRunning(holder)) return { heldBy: holder.pid }
      rmSync(file, { force: true })
    }
  } finally {
    rmSync(ours, { force: true })
  }
}

function parse(text: string | undefined): RecordedProcess | undefined {
  try {
    return text ? (JSON.parse(text) as RecordedProcess) : undefined
  } catch {
    // An incomplete lock file, after a full disk or a power cut, counts as no lock.
    return undefined
  }
}
