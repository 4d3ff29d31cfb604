import type { Bilingual } from '@hamava/contracts'

const persianNumber = new Intl.NumberFormat('fa-IR', { maximumFractionDigits: 1 })
const englishNumber = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 })

type Part = string | number | Bilingual

/** Writes one sentence in both languages, each with its own digits. */
export const inBoth = (
  write: (say: (part: Part) => string) => string,
  persian: (say: (part: Part) => string) => string,
): Bilingual => ({
  en: write((part) => spell(part, 'en')),
  fa: persian((part) => spell(part, 'fa')),
})

function spell(part: Part, language: 'en' | 'fa'): string {
  if (typeof part === 'string') return part
  if (typeof part === 'object') return part[language]
  return (language === 'fa' ? persianNumber : englishNumber).format(part)
}

/** A file size for people, in both languages. */
export function fileSize(bytes: number): Bilingual {
  const units: { size: number; name: Bilingual }[] = [
    { size: 1_000_000, name: { en: 'MB', fa: 'مگابایت' } },
    { size: 1000, name: { en: 'KB', fa: 'کیلوبایت' } },
    { size: 1, name: { en: 'bytes', fa: 'بایت' } },
  ]
  const unit = units.find(({ size }) => bytes >= size) ?? {
    size: 1,
    name: { en: 'bytes', fa: 'بایت' },
  }
  return inBoth(
    (say) => `${say(bytes / unit.size)} ${say(unit.name)}`,
    (say) => `${say(bytes / unit.size)} ${say(unit.name)}`,
  )
}
