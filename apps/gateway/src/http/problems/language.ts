import type { Bilingual } from '@hamava/contracts'
import Negotiator from 'negotiator'

export type Language = keyof Bilingual

/** The language that a caller would rather read (RFC 9110, 12.5.4): English, unless they prefer Persian. */
export function languageOf(headers: { 'accept-language'?: string | undefined }): Language {
  const [first] = new Negotiator({ headers }).languages(['en', 'fa'])
  return first === 'fa' ? 'fa' : 'en'
}
