import { describe, expect, it } from '@jest/globals'
import { excerptOf } from './excerpt-of.ts'

describe('an excerpt', () => {
  it('is one line of at most 160 characters, never half an emoji', () => {
    expect(excerptOf('سلام\n\n دنیا ')).toBe('سلام دنیا')
    const long = excerptOf('😀'.repeat(300))
    expect([...long]).toHaveLength(160)
    expect(long.endsWith('😀…')).toBe(true)
  })
})
