import type { PostSnapshot } from '@hamava/contracts'
import { excerptOf } from '@hamava/service-kit'
import type { MessageSnapshot } from './publication.entity.ts'

/** The beginning of what goes out; empty for a publication that was cancelled before it was planned. */
export function excerptOfSnapshot(snapshot: object): string {
  const { text, parts } = snapshot as Partial<MessageSnapshot & PostSnapshot>
  return excerptOf(text ?? parts?.[0]?.text ?? '')
}
