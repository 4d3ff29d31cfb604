import type { DraftAsset, DraftTarget, PostDraft } from './draft.ts'

/** A value of the draft and the JSON pointer of the place where it really comes from. */
export interface Sourced<T> {
  value: T
  pointer: string
}

/** One message that a channel gets: the post itself, a part of its thread, or the first comment. */
export interface ChannelMessage {
  text: Sourced<string>
  assets: Sourced<DraftAsset[]>
  /** Only the post itself carries what the settings add to the text. */
  isFirst: boolean
}

/** What one channel gets, after its variant was laid over the post. */
export interface Content {
  messages: ChannelMessage[]
  parts: Sourced<number>
  firstComment: Sourced<string>
  settings: Sourced<Record<string, unknown>>
}

/** Lays a channel's variant over the post, and remembers where everything comes from. */
export function contentFor(post: PostDraft, target: DraftTarget, index: number): Content {
  const variant = target.variant ?? {}
  const base = `/targets/${index}/variant`
  const pick = <T>(own: T | undefined, shared: T, name: string): Sourced<T> =>
    own === undefined
      ? { value: shared, pointer: `/${name}` }
      : { value: own, pointer: `${base}/${name}` }

  const parts = pick(variant.parts, post.parts ?? [], 'parts')
  const firstComment = pick(variant.firstComment, post.firstComment ?? '', 'firstComment')
  const messages: ChannelMessage[] = [
    {
      text: pick(variant.text, post.text, 'text'),
      assets: pick(variant.assets, post.assets, 'assets'),
      isFirst: true,
    },
    ...parts.value.map((part, at) => ({
      text: { value: part.text, pointer: `${parts.pointer}/${at}/text` },
      assets: { value: part.assets ?? [], pointer: `${parts.pointer}/${at}/assets` },
      isFirst: false,
    })),
  ]
  if (firstComment.value !== '')
    messages.push({
      text: firstComment,
      assets: { value: [], pointer: '/assets' },
      isFirst: false,
    })
  return {
    messages,
    parts: { value: parts.value.length, pointer: parts.pointer },
    firstComment,
    settings: { value: variant.settings ?? {}, pointer: `${base}/settings` },
  }
}
