import { randomBytes } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { SecretBox } from './secret-box.ts'

const key = () => randomBytes(32).toString('base64')

describe('a secret box', () => {
  const [current, previous] = [key(), key()]
  const box = new SecretBox([current])

  it('gives back what was put in, Persian letters too', () => {
    expect(box.open(box.seal('رمز «سِرّی»', 'channel:1'), 'channel:1')).toBe('رمز «سِرّی»')
  })

  it('never seals the same way twice, and shows nothing of the value', () => {
    const [one, two] = [box.seal('token', 'p'), box.seal('token', 'p')]
    expect(one).not.toBe(two)
    expect(Buffer.from(one.split('.')[1] ?? '', 'base64url').toString('latin1')).not.toContain(
      'token',
    )
  })

  it('knows a secret again by a mark that differs by key and purpose', () => {
    const [mark] = box.fingerprints('token', 'mailbox')
    expect(new SecretBox([previous, current]).fingerprints('token', 'mailbox')[1]).toBe(mark)
    const others = [
      box.fingerprints('token', 'other')[0],
      box.fingerprints('tokens', 'mailbox')[0],
      new SecretBox([previous]).fingerprints('token', 'mailbox')[0],
    ]
    expect(others).not.toContain(mark)
  })

  it('opens only for the purpose it was sealed for', () => {
    const sealed = box.seal('token', 'channel:1')
    expect(() => box.open(sealed, 'channel:2')).toThrow()
  })

  it('refuses a value that was changed by a single bit', () => {
    const [id, body = ''] = box.seal('token', 'p').split('.')
    const bytes = Buffer.from(body, 'base64url')
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
    expect(() => box.open(`${id}.${bytes.toString('base64url')}`, 'p')).toThrow()
  })

  it('still opens what an earlier key sealed, and names the key that is missing', () => {
    const old = new SecretBox([previous]).seal('token', 'p')
    expect(new SecretBox([current, previous]).open(old, 'p')).toBe('token')
    expect(() => box.open(old, 'p')).toThrow(/add the old key as HAMAVA_SECRET_KEY_PREVIOUS/)
  })
})
