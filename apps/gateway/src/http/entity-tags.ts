import { canonicalHash } from '@hamava/service-kit'

/** One tag of `If-Match` or `If-None-Match`. */
export interface EntityTag {
  isWeak: boolean
  /** What stands between the quotes. */
  opaque: string
}

const list = /^\s*(?:(?:W\/)?"[\x21\x23-\x7e\x80-\uffff]*"\s*(?:,\s*|$))+$/
const each = /(W\/)?"([^"]*)"/g

/** Reads `*` or a list of tags (RFC 9110, 8.8.3); undefined where it is neither. */
export function readTags(header: string): '*' | EntityTag[] | undefined {
  if (header.trim() === '*') return '*'
  if (!list.test(header)) return undefined
  return [...header.matchAll(each)].map(([, weak, opaque = '']) => ({
    isWeak: weak !== undefined,
    opaque,
  }))
}

/**
 * The tag of an answer: `"<version>.<shown>"`. `version` rises with every change of what was said, the second part
 * differs with everything that is shown.
 */
export const etagOf = (version: number, shown: object): string =>
  `"${version}.${canonicalHash(JSON.parse(JSON.stringify(shown))).slice(0, 16)}"`

/** Whether a reader has what the tag stands for: weakly compared, as RFC 9110 has it for `If-None-Match`. */
export function isKnown(headers: { 'if-none-match'?: string | undefined }, etag: string): boolean {
  const tags = readTags(headers['if-none-match'] ?? '')
  return tags === '*' || (tags?.some(({ opaque }) => `"${opaque}"` === etag) ?? false)
}
