import type { PostSnapshot } from '@hamava/contracts'
import type { MessageSnapshot } from './publication.entity.ts'

/** Enough to know it by, in characters as people count them nearly enough. */
const excerptLength = 160

/** One that was cancelled before it was planned says nothing. */
export function excerptOf(snapshot: object): string {
  const { text, parts } = snapshot as Partial<MessageSnapshot & PostSnapshot>
  const said = (text ?? parts?.[0]?.text ?? '').replace(/\s+/g, ' ').trim()
  const letters = Array.from(said)
  return letters.length > excerptLength ? `${letters.slice(0, excerptLength).join('')}…` : said
}
