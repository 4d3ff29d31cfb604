import type { TextRule } from './manifest.ts'

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
const link = /https?:\/\/[^\s<>"'«»]+/giu
const linkEnd = /[.,;:!?…)\]}،؛؟]+$/u
const remoteMention = /(^|[^\p{L}\p{N}_/@])@([\p{L}\p{N}_.-]+)@[\p{L}\p{N}.-]+[\p{L}\p{N}]/gu

/** What a text measures on a network, in the network's own unit, and in UTF-8 bytes. */
export function textLength(text: string, { text: rule }: { text: TextRule }): number {
  let rest = text.normalize('NFC')
  let links = 0
  if (rule.urlWeight !== undefined) {
    rest = rest.replace(link, (found) => {
      links += 1
      return linkEnd.exec(found)?.[0] ?? ''
    })
  }
  if (rule.shortMentions) rest = rest.replace(remoteMention, '$1@$2')
  return countUnits(rest, rule.unit) + links * (rule.urlWeight ?? 0)
}

/** The UTF-8 size of a text as it is sent. */
export const textBytes = (text: string): number =>
  new TextEncoder().encode(text.normalize('NFC')).byteLength

/** Counts without any network's peculiarities. */
export function countUnits(text: string, unit: TextRule['unit']): number {
  if (unit === 'utf16') return text.length
  let count = 0
  for (const _ of unit === 'code_points' ? text : segmenter.segment(text)) count += 1
  return count
}

/** True when nothing in the text can be seen. */
export const isBlank = (text: string): boolean =>
  text.replace(/[\p{White_Space}\p{Cf}]/gu, '') === ''
