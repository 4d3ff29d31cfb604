import type { PostSnapshot } from '@hamava/contracts'
import type { MessageSnapshot } from './publication.entity.ts'

/** Enough to know it by, in characters as people count them nearly enough. */
const excerptLength = 160

/** One that was cancelled before it was planned says nothing. */
export function excerptOf(snapshot: object): string {
  const { text, parts } = snapshot as Partial<MessageSnapshot & PostSnapshot>
  // It is shown with every event of a publication: a text as long as a book is not read whole for it.
  const begins = (text ?? parts?.[0]?.text ?? '').slice(0, 8 * excerptLength)
  const said = begins.replace(/\s+/g, ' ').trim()
  const letters = Array.from(said)
  return letters.length > excerptLength ? `${letters.slice(0, excerptLength).join('')}…` : said
}
