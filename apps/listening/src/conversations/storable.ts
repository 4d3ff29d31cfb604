import type { Incoming } from '@hamava/networks'

/** PostgreSQL takes no NUL and no unpaired surrogate; everything else stays as it was written. */
export const storableText = (text: string): string =>
  Buffer.from(text).toString('utf8').replaceAll('\0', '')

export function storable(item: Incoming): Incoming {
  const { author } = item
  return {
    ...item,
    text: storableText(item.text),
    author: {
      remoteId: storableText(author.remoteId),
      handle: storableText(author.handle),
      name: storableText(author.name),
    },
  }
}
