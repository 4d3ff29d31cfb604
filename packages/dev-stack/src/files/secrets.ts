import { randomBytes } from 'node:crypto'
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
  const file = join(dataDir, 'secret-key')
  const kept = readIfThere(file)?.trim()
  if (kept) return kept
  const made = randomBytes(32).toString('base64')
  writeAtomically(file, `${made}\n`, 0o600)
  return made
}

function withPasswords(names: readonly string[], kept: Readonly<Record<string, string>> = {}) {
  return Object.fromEntries(names.map((name) => [name, kept[name] ?? password()]))
}

/** Begins with a letter, as nats-server reads other values as numbers. */
function password(): string {
  return `p${randomBytes(18).toString('hex')}`
}
