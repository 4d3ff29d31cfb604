import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { readIfThere, writeAtomically } from './files/write-atomically.ts'

/** What `.hamava/dev.json` tells programs that work with a running stack. */
export interface DevFile {
  readonly gatewayUrl: string
  readonly webUrl: string
  readonly sandboxUrl: string
  readonly natsUrl: string
  readonly databaseUrl: string
  readonly email: string
  readonly password: string
  readonly apiKey: string
  processes: Record<string, number[]>
}

const pathIn = (dataDir: string) => join(dataDir, 'dev.json')

/** It holds a password and a key, so only its owner may read it. */
export function writeDevFile(dataDir: string, dev: DevFile): void {
  writeAtomically(pathIn(dataDir), `${JSON.stringify(dev, null, 2)}\n`, 0o600)
}

/** Null when no stack runs there. */
export function readDevFile(dataDir: string): DevFile | null {
  const text = readIfThere(pathIn(dataDir))
  return text === undefined ? null : (JSON.parse(text) as DevFile)
}

/** Removes the file, which exists only while a stack runs. */
export function removeDevFile(dataDir: string): void {
  rmSync(pathIn(dataDir), { force: true })
}
