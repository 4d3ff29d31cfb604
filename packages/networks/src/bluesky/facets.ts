import { countUnits } from '../rules/text-length.ts'

type Feature =
  | { $type: 'app.bsky.richtext.facet#link'; uri: string }
  | { $type: 'app.bsky.richtext.facet#mention'; did: string }
  | { $type: 'app.bsky.richtext.facet#tag'; tag: string }

export interface Facet {
  index: { byteStart: number; byteEnd: number }
  features: [Feature]
}

const link = /https?:\/\/[^\s<>"'«»]+/giu
const linkEnd = /[.,;:!?…)\]}،؛؟]+$/u
const mention = /(?<=^|[\s(])@([a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)+)/giu
const tag = /(?<=^|[\s(])[#＃]([\p{L}\p{N}_][\p{L}\p{N}\p{M}_\u200c]*)/giu
const onlyDigits = /^[\p{N}_]+$/u
const maxTag = 64

/** The handles that a text mentions. */
export const handlesIn = (text: string): string[] => [
  ...new Set([...text.matchAll(mention)].map(([, handle = '']) => handle.toLowerCase())),
]

/**
 * Marks the links, mentions and tags of a text, by offsets in its UTF-8 bytes: Bluesky shows none
 * of them by itself. A mention whose handle nobody has stays plain text.
 */
export function facetsOf(text: string, didOf: ReadonlyMap<string, string>): Facet[] {
  const facets: Facet[] = []
  const mark = (start: number, found: string, feature: Feature) => {
    const byteStart = Buffer.byteLength(text.slice(0, start))
    const byteEnd = byteStart + Buffer.byteLength(found)
    facets.push({ index: { byteStart, byteEnd }, features: [feature] })
  }
  for (const { 0: found, index } of text.matchAll(link)) {
    const uri = found.replace(linkEnd, '')
    if (URL.canParse(uri)) mark(index, uri, { $type: 'app.bsky.richtext.facet#link', uri })
  }
  for (const { 0: found, 1: handle = '', index } of text.matchAll(mention)) {
    const did = didOf.get(handle.toLowerCase())
    if (did) mark(index, found, { $type: 'app.bsky.richtext.facet#mention', did })
  }
  for (const { 0: found, 1: name = '', index } of text.matchAll(tag)) {
    const isTag = !onlyDigits.test(name) && countUnits(name, 'graphemes') <= maxTag
    if (isTag) mark(index, found, { $type: 'app.bsky.richtext.facet#tag', tag: name })
  }
  return facets.sort((a, b) => a.index.byteStart - b.index.byteStart)
}
