import { describe, expect, it } from '@jest/globals'
import { isBlank, textBytes, textLength } from './text-length.ts'

const measure = (text: string, rule: Parameters<typeof textLength>[1]['text']) =>
  textLength(text, { text: rule })
const family = '👨‍👩‍👧‍👦'

describe('text length', () => {
  it.each([
    ['graphemes', 'salam', 5],
    ['graphemes', 'می‌رویم', 6],
    ['graphemes', family, 1],
    ['utf16', family, 11],
    ['code_points', family, 7],
    ['code_points', 'می‌رویم', 7],
    ['graphemes', 'e\u0301', 1],
    ['utf16', 'e\u0301', 1],
    ['graphemes', '', 0],
  ] as const)('counts %s of %j as %i', (unit, text, length) => {
    expect(measure(text, { max: 300, unit })).toBe(length)
  })

  it('counts every link as the weight that the network gives it, without the sentence’s full stop', () => {
    const rule = { max: 500, unit: 'graphemes', urlWeight: 23 } as const
    expect(measure('see https://example.com/a/very/long/path/indeed?with=query.', rule)).toBe(
      4 + 23 + 1,
    )
    expect(measure('http://a.ir', rule)).toBe(23)
    expect(measure('ببینید: https://hamava.example/راهنما، سپس', rule)).toBe(8 + 23 + 5)
    expect(measure('http:// is no link', rule)).toBe(18)
  })

  it('counts @user@host as @user where mentions are short', () => {
    const rule = { max: 500, unit: 'graphemes', shortMentions: true } as const
    expect(measure('hi @sara@mastodon.social.', rule)).toBe('hi @sara.'.length)
    expect(measure('mail sara@mastodon.social', rule)).toBe(25)
  })

  it('knows bytes', () => {
    expect(textBytes('سلام')).toBe(8)
    expect(textBytes('e\u0301')).toBe(2)
  })

  it('sees nothing in blanks and joiners', () => {
    expect(isBlank(' \n\u200c\u200f')).toBe(true)
    expect(isBlank('‌س')).toBe(false)
  })
})
