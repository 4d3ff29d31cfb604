import type { ChannelLimits, StoredAsset } from '@hamava/contracts'
import type { ContentWith, TargetWith } from './post-content.ts'

/** The facts of a draft's media file that the rules need. */
export type DraftAsset = Pick<
  StoredAsset,
  'id' | 'kind' | 'mime' | 'bytes' | 'width' | 'height'
> & {
  alt?: string
}

/** The facts of a post's channel that the rules need. */
export interface DraftChannel {
  network: string
  /** The limits of the channel's own server. */
  limits?: ChannelLimits | undefined
}

export type DraftTarget = TargetWith<DraftAsset> & DraftChannel

/** A post as it stands in the editor, with the facts of its media and of its channels filled in. */
export type PostDraft = ContentWith<DraftAsset, DraftChannel>
