import type { Variant } from '@hamava/contracts'
import type { DraftAsset, PostDraft } from './draft.ts'
import { type ChannelContent, contentOf, isOwn, messagesOf } from './post-content.ts'

/** A value of a channel's content and the JSON pointer of the place in the post where it really comes from. */
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

/** What one channel gets, with pointers to where a person can change it. */
export interface PlacedContent {
  content: ChannelContent<DraftAsset>
  messages: ChannelMessage[]
  /** Where a field comes from: the channel's variant, or the post. */
  pointerOf: (field: keyof Variant) => string
}

/** The content of a target by its place in the post, as findings point at it. */
export function placedContent(post: PostDraft, index: number): PlacedContent {
  const { channelId = '' } = post.targets[index] ?? {}
  const content = contentOf(post, channelId)
  const base = `/targets/${index}/variant`
  const pointerOf = (path: string) => {
    const [field = ''] = path.split('/')
    const isVariants = field === 'settings' || isOwn(post, channelId, field as keyof Variant)
    return isVariants ? `${base}/${path}` : `/${path}`
  }
  const messages = messagesOf(content).map(({ role, text, assets, path }) => ({
    text: { value: text, pointer: pointerOf(path.text) },
    assets: { value: assets, pointer: pointerOf(path.assets) },
    isFirst: role === 'post',
  }))
  return { content, messages, pointerOf }
}
