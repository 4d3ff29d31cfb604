import { createHash, randomBytes } from 'node:crypto'

/** 32 random bytes, with a prefix that says what the secret is for; random secrets need no slow hash. */
export function newSecret(prefix: 'hmv' | 'hms'): string {
  return `${prefix}_${randomBytes(32).toString('base64url')}`
}

export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
