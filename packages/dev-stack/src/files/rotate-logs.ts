import { chmodSync, mkdirSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'

/** Keeps the logs of the start before as `<name>.log.1`; older ones go. */
export function rotateLogs(folder: string): void {
  // Logs may contain what only their owner should read.
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.log'))) {
    renameSync(join(folder, file), join(folder, `${file}.1`))
  }
}
