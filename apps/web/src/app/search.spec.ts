import { describe, expect, it } from '@jest/globals'
import { day, parseSearch, stringifySearch } from './search.ts'

describe('what an address asks for', () => {
  it('stays text, though it looks like a number', () => {
    expect(parseSearch('?code=00123&state=456')).toEqual({ code: '00123', state: '456' })
    expect(stringifySearch({ code: '00123', state: undefined })).toBe('?code=00123')
    expect(stringifySearch({})).toBe('')
    expect(parseSearch(stringifySearch({ from: '/calendar?on=2026-11-22&a=b c' }))).toEqual({
      from: '/calendar?on=2026-11-22&a=b c',
    })
  })

  it('names a day only if there is such a day', () => {
    expect(day('2026-11-22')).toBe('2026-11-22')
    for (const no of ['2026-13-45', '2026-02-31', 'abc', '', undefined, '2026-1-1']) {
      expect(day(no)).toBeUndefined()
    }
  })
})
