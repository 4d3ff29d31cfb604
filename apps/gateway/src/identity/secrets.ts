import { createHash, randomBytes } from 'node:crypto'

/** 32 random bytes with a word in front that says what it is; such a secret needs no slow hash. */
export function newSecret(prefix: 'hmv' | 'hms'): string {
  return `${prefix}_${randomBytes(32).toString('base64url')}`
}

export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
