import { describe, expect, it } from '@jest/globals'
import { stableIdempotencyKey } from './client.ts'

type Header = { 'Idempotency-Key': string }

describe('what is asked until it was answered', () => {
  it('keeps its name while answers are lost, and has another once it is answered or something else', async () => {
    const ask = stableIdempotencyKey()
    const keys: string[] = []
    const lost = (header: Header) => {
      keys.push(header['Idempotency-Key'])
      return Promise.reject(new Error('lost'))
    }
    const answered = (header: Header) => Promise.resolve(keys.push(header['Idempotency-Key']))
    await ask({ text: 'one' }, lost).catch(() => undefined)
    await ask({ text: 'one' }, answered)
    await ask({ text: 'one' }, lost).catch(() => undefined)
    await ask({ text: 'two' }, answered)
    expect(keys[1]).toBe(keys[0])
    expect(new Set(keys).size).toBe(3)
  })
})
