import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from '@jest/globals'
import { withTimeout } from './with-timeout.ts'

describe('a wait with a limit', () => {
  it('says whether the work was done by then, and throws what the work throws', async () => {
    expect(await withTimeout(5_000, Promise.resolve('whatever'))).toBe(true)
    expect(await withTimeout(5, delay(60_000, null, { ref: false }))).toBe(false)
    await expect(withTimeout(5_000, Promise.reject(new Error('no')))).rejects.toThrow('no')
  })
})
