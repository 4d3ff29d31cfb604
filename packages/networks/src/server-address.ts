import { NetworkError } from './connector.ts'
import { reasons } from './reasons.ts'

/** The origin that a person meant by what they typed: `mastodon.social` is `https://mastodon.social`. */
export function serverAddress(field: string, typed: string | undefined): string {
  const text = (typed ?? '').trim()
  const url = URL.parse(/^https?:\/\//i.test(text) ? text : `https://${text}`)
  if (!url?.hostname || url.username || url.password || /\s/.test(text) || text === '')
    throw new NetworkError(
      'rejected',
      reasons.fieldWrong(
        field,
        'This is not the address of a server; it looks like https://example.social.',
        'این نشانیِ یک کارساز نیست؛ نمونهٔ درست: https://example.social.',
      ),
    )
  return url.origin
}

/** A typed-in field that may not be empty. */
export function requiredField(fields: Record<string, string>, field: string): string {
  const value = fields[field]?.trim()
  if (value) return value
  throw new NetworkError(
    'rejected',
    reasons.fieldWrong(field, `“${field}” is empty.`, `«${field}» خالی است.`),
  )
}
