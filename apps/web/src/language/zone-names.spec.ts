import { describe, expect, it } from '@jest/globals'
import { formatZone } from './zone-names.ts'

const persian = { language: 'fa', digits: 'arabext' } as const
const english = { language: 'en', digits: 'latn' } as const

describe('a zone', () => {
  it('is called as people call it, with its distance from Greenwich', () => {
    expect(formatZone('Asia/Tehran', english)).toEqual({
      name: 'Iran Time',
      offset: 'GMT \u2066+3:30\u2069',
    })
    const { name, offset } = formatZone('Asia/Tehran', persian)
    expect(name).toBe('وقت ایران')
    expect(offset).toBe('گرینویچ \u2066+۳:۳۰\u2069')
  })

  it('is not called by letters, nor by nothing but a number', () => {
    expect(formatZone('Europe/Berlin', english).name).toBe('Central European Time')
    expect(formatZone('UTC', persian).name).toBe('UTC')
  })
})
