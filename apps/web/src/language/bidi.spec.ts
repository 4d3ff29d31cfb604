import { describe, expect, it } from '@jest/globals'
import { folded, latinDigits, looksArabic, withPersianLetters } from './bidi.ts'

describe('Persian text', () => {
  it('gets Persian letters where Arabic ones were pasted', () => {
    expect(withPersianLetters('كتاب علي')).toBe('کتاب علی')
  })

  it('is told from Arabic by letters that only one of them has', () => {
    expect(looksArabic('مدرسة كبيرة')).toBe(true)
    expect(looksArabic('پنجرهٔ كوچک')).toBe(false)
    expect(looksArabic('كتاب علي')).toBe(false)
  })

  it('is found whichever letters, digits and half-spaces were typed', () => {
    expect(folded('می‌خواهم ۱۲')).toBe(folded('ميخواهم 12'))
    expect(folded('٣')).toBe('3')
  })

  it('has its digits read by programs', () => {
    expect(latinDigits('۱۵ و ٢٠')).toBe('15 و 20')
  })
})
