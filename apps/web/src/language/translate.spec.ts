import { describe, expect, it } from '@jest/globals'
import { translatorOf } from './translate.ts'
import { en } from './words/en.ts'
import { fa } from './words/fa.ts'

/** `calendar.day: day number`, for every text. */
const gapsOf = (texts: object, path = ''): string[] =>
  Object.entries(texts).flatMap(([name, text]: [string, string | object]) => {
    const place = `${path}${name}`
    if (typeof text !== 'string') return gapsOf(text, `${place}.`)
    const gaps = [...new Set(text.match(/(?<={{)\w+(?=}})/g))].sort()
    return [`${place}: ${gaps.join(' ')}`]
  })

describe('words', () => {
  it('leave the same open in both languages', () => {
    expect(gapsOf(fa).toSorted()).toEqual(gapsOf(en).toSorted())
  })

  it('are filled as they are, whatever is filled in', () => {
    const say = translatorOf(en)
    expect(say('settings.added', { name: '<b>$& {{name}}' })).toBe(
      '\u2068<b>$& {{name}}\u2069 was added',
    )
  })

  it('keep their direction, whatever is filled in', () => {
    const say = translatorOf(fa)
    expect(say('settings.added', { name: 'photo.jpg' })).toBe('«\u2068photo.jpg\u2069» افزوده شد')
    expect(say('attention.retryAll', { number: '۱۲' })).not.toContain('\u2068')
  })
})
