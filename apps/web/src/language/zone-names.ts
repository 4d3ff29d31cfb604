import type { Preferences } from './preferences.ts'

const partOf = (
  zone: string,
  { language, digits }: Pick<Preferences, 'language' | 'digits'>,
  timeZoneName: Intl.DateTimeFormatOptions['timeZoneName'] & string,
): string => {
  const locale = `${language === 'fa' ? 'fa-IR' : 'en-GB'}-u-nu-${digits}`
  const parts = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName }).formatToParts()
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone
}

/** The sign stands before the number in every language: `⁦+۳:۳۰⁩`. */
const inOrder = (offset: string): string => {
  const [sign] = /[+−-][\d۰-۹:]+/.exec(offset) ?? []
  const rest = offset
    .replace(sign ?? '', '')
    .replace(/\u200e/g, '')
    .trim()
  return sign ? `${rest} \u2066${sign}\u2069` : offset
}

/** `وقت ایران`, and how far it is from Greenwich today; a zone without a name of its own is called by its id. */
export function formatZone(
  zone: string,
  wanted: Pick<Preferences, 'language' | 'digits'>,
): { name: string; offset: string } {
  const offset = inOrder(partOf(zone, wanted, 'shortOffset'))
  const short = partOf(zone, wanted, 'shortGeneric')
  // Letters such as CET are known to few.
  const name = /^[A-Z]+$/.test(short) ? partOf(zone, wanted, 'longGeneric') : short
  return { name: /[\d۰-۹]/.test(name) ? zone : name, offset }
}
