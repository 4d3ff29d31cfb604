import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'

/**
 * Encrypts values for storage: AES-256-GCM under a key derived from the installation's secret, with
 * the key's id in front, so that several keys can be in use while a rotation goes on.
 */
export class SecretBox {
  private readonly keys = new Map<string, KeyObject>()
  private readonly markers: KeyObject[]
  private readonly current: string

  /** @param secrets 32 bytes each in base64; the first seals, all open. */
  constructor(secrets: string[]) {
    for (const secret of secrets)
      this.keys.set(keyId(secret), deriveKey(secret, 'hamava secret box'))
    this.markers = secrets.map((secret) => deriveKey(secret, 'hamava fingerprint'))
    const first = secrets[0]
    if (!first) throw new Error('a SecretBox needs at least one key')
    this.current = keyId(first)
  }

  /** The id that stands in front of whatever is sealed now. */
  get currentKey(): string {
    return this.current
  }

  /** @param purpose binds the value to its place: it cannot be opened for another one. */
  seal(plain: string, purpose: string): string {
    const iv = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', this.key(this.current), iv)
    cipher.setAAD(Buffer.from(purpose))
    const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
    return `${this.current}.${Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')}`
  }

  /** Throws when the key is unknown, the purpose is another or the value was changed. */
  open(sealed: string, purpose: string): string {
    const [id = '', body = ''] = sealed.split('.')
    const bytes = Buffer.from(body, 'base64url')
    const decipher = createDecipheriv('aes-256-gcm', this.key(id), bytes.subarray(0, 12))
    decipher.setAAD(Buffer.from(purpose))
    decipher.setAuthTag(bytes.subarray(12, 28))
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
  }

  /**
   * Fingerprints to compare secrets without storing them, one per key in use, the current one first. Keyed, so that
   * nobody without a key can test guesses.
   */
  fingerprints(plain: string, purpose: string): string[] {
    return this.markers.map((key) =>
      createHmac('sha256', key).update(`${purpose}\0${plain}`).digest('base64url'),
    )
  }

  private key(id: string): KeyObject {
    const key = this.keys.get(id)
    if (!key) throw new Error(`no key ${id}: add the old key as HAMAVA_SECRET_KEY_PREVIOUS`)
    return key
  }
}

function keyId(secret: string): string {
  return createHash('sha256').update(`id:${secret}`).digest('hex').slice(0, 8)
}

/** A `KeyObject`, made once: from raw bytes, every call would make one. */
function deriveKey(secret: string, use: string): KeyObject {
  const bytes = hkdfSync('sha256', Buffer.from(secret, 'base64'), '', use, 32)
  return createSecretKey(Buffer.from(bytes))
}
