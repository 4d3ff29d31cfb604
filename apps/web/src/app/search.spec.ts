import { describe, expect, it } from '@jest/globals'
import { day, dayOrTime, ownAddress, parseSearch, stringifySearch } from './search.ts'

describe('what an address asks for', () => {
  it('stays text, though it looks like a number', () => {
    expect(parseSearch('?code=00123&state=456')).toEqual({ code: '00123', state: '456' })
    expect(stringifySearch({ code: '00123', state: undefined })).toBe('?code=00123')
    expect(stringifySearch({})).toBe('')
    expect(parseSearch(stringifySearch({ from: '/calendar?on=2026-11-22&a=b c' }))).toEqual({
      from: '/calendar?on=2026-11-22&a=b c',
    })
  })

  it('leads to a place of ours, or nowhere', () => {
    const origin = 'https://hamava.example'
    expect(ownAddress('/calendar?on=2026-11-22', origin)).toBe('/calendar?on=2026-11-22')
    for (const no of [
      '//evil.example',
      '/\\evil.example',
      '/\t/evil.example',
      'https://evil.example',
      '',
      undefined,
    ]) {
      expect(ownAddress(no, origin)).toBeUndefined()
    }
  })

  it('names a day only if there is such a day', () => {
    expect(day('2026-11-22')).toBe('2026-11-22')
    for (const no of ['2026-13-45', '2026-02-31', 'abc', '', undefined, '2026-1-1']) {
      expect(day(no)).toBeUndefined()
    }
  })

  it('names a time of a day only if there is such a time', () => {
    for (const yes of ['2026-11-22', '2026-11-22T00:00', '2026-11-22T23:59']) {
      expect(dayOrTime(yes)).toBe(yes)
    }
    for (const no of ['2026-13-45T09:00', '2026-11-22T24:00', '2026-11-22T9:00', 'T09:00', '']) {
      expect(dayOrTime(no)).toBeUndefined()
    }
  })
})
