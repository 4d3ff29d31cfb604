import type { ChannelLimits, StoredAsset } from '@hamava/contracts'
import type { ContentWith, TargetWith } from './post-content.ts'

/** A media file of a draft, as far as rules ask. */
export type DraftAsset = Pick<
  StoredAsset,
  'id' | 'kind' | 'mime' | 'bytes' | 'width' | 'height'
> & {
  alt?: string
}

/** What the rules ask of the channel that a post goes to. */
export interface DraftChannel {
  network: string
  /** What the channel's own server takes. */
  limits?: ChannelLimits | undefined
}

export type DraftTarget = TargetWith<DraftAsset> & DraftChannel

/** A post as it stands in the editor, with the facts of its media and of its channels filled in. */
export type PostDraft = ContentWith<DraftAsset, DraftChannel>
