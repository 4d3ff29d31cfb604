import type { Incoming } from '@hamava/networks'

/** PostgreSQL takes no zero character and no half of a pair; everything else stays as it was written. */
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
