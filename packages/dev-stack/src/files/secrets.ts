import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { databaseOwners } from '../services.ts'
import { readIfThere, writeAtomically } from './write-atomically.ts'

export interface Secrets {
  readonly postgres: Readonly<Record<string, string>>
  readonly nats: Readonly<Record<string, string>>
  readonly login: { readonly email: string; readonly password: string }
}

/** The installation's passwords, made at the first start and kept where only their owner reads them. */
export function readOrMakeSecrets(dataDir: string): Secrets {
  const file = join(dataDir, 'secrets.json')
  const kept = JSON.parse(readIfThere(file) ?? '{}') as Partial<Secrets>
  const secrets: Secrets = {
    postgres: withPasswords(['postgres', ...databaseOwners], kept.postgres),
    nats: withPasswords(['operator', ...databaseOwners], kept.nats),
    login: kept.login ?? { email: 'demo@hamava.local', password: password() },
  }
  writeAtomically(file, `${JSON.stringify(secrets, null, 2)}\n`, 0o600)
  return secrets
}

/** The key that seals channel credentials: 32 bytes in base64. Losing it means reconnecting every channel. */
export function readOrMakeSecretKey(dataDir: string): string {
  const kept = readIfThere(keyFile(dataDir))?.trim()
  if (kept) return kept
  const made = newKey()
  writeAtomically(keyFile(dataDir), `${made}\n`, 0o600)
  return made
}

/** The key before the last rotation, for as long as something may still be sealed with it. */
export const previousSecretKey = (dataDir: string): string | undefined =>
  readIfThere(previousKeyFile(dataDir))?.trim()

/** Makes a new key; the old one stays beside it until everything is sealed again. */
export function rotateSecretKey(dataDir: string): void {
  if (previousSecretKey(dataDir)) return
  writeAtomically(previousKeyFile(dataDir), `${readOrMakeSecretKey(dataDir)}\n`, 0o600)
  writeAtomically(keyFile(dataDir), `${newKey()}\n`, 0o600)
}

/** Deletes the previous key, once nothing is sealed with it any more. */
export function forgetPreviousSecretKey(dataDir: string): void {
  rmSync(previousKeyFile(dataDir), { force: true })
}

const keyFile = (dataDir: string) => join(dataDir, 'secret-key')
const previousKeyFile = (dataDir: string) => join(dataDir, 'secret-key.previous')
const newKey = () => randomBytes(32).toString('base64')

function withPasswords(names: readonly string[], kept: Readonly<Record<string, string>> = {}) {
  return Object.fromEntries(names.map((name) => [name, kept[name] ?? password()]))
}

/** Begins with a letter, as nats-server reads other values as numbers. */
function password(): string {
  return `p${randomBytes(18).toString('hex')}`
}
