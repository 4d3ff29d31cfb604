import type { Bilingual } from '@hamava/contracts'
import { NetworkError } from './connector.ts'
import { reasons } from './reasons.ts'
import type { Manifest } from './rules/manifest.ts'

type Fields = Pick<Manifest, 'connect'>

/** The origin that a person meant by what they typed: `mastodon.social` is `https://mastodon.social`. */
export function serverAddress(of: Fields, field: string, typed: string | undefined): string {
  const text = (typed ?? '').trim()
  const url = URL.parse(/^https?:\/\//i.test(text) ? text : `https://${text}`)
  if (!url?.hostname || url.username || url.password || /\s/.test(text) || text === '')
    throw new NetworkError(
      'rejected',
      reasons.fieldWrong(
        labelOf(of, field),
        'This is not the address of a server; it looks like https://example.social.',
        'این نشانیِ یک سرور نیست؛ نمونهٔ درست: https://example.social.',
      ),
    )
  return url.origin
}

/** A typed-in field that may not be empty. */
export function requiredField(of: Fields, fields: Record<string, string>, field: string): string {
  const value = fields[field]?.trim()
  if (value) return value
  const label = labelOf(of, field)
  throw new NetworkError(
    'rejected',
    reasons.fieldWrong(label, `“${label.en}” is empty.`, `«${label.fa}» خالی است.`),
  )
}

/** What people see beside a field; programs know it by its name. */
const labelOf = ({ connect }: Fields, field: string): Bilingual =>
  connect.flatMap(({ fields }) => fields).find(({ name }) => name === field)?.label ?? {
    en: field,
    fa: field,
  }
