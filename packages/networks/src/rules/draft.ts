import type { ChannelLimits } from '@hamava/contracts'

/** A media file of a draft, as far as rules ask. */
export interface DraftAsset {
  id: string
  kind: 'image' | 'video'
  mime: string
  bytes: number
  width: number | null
  height: number | null
  alt?: string
}

/** One following part of a thread. */
export interface DraftPart {
  text: string
  assets?: DraftAsset[]
}

/** What one channel gets instead of what the post says. */
export interface DraftVariant {
  text?: string
  assets?: DraftAsset[]
  parts?: DraftPart[]
  firstComment?: string
  settings?: Record<string, unknown>
}

export interface DraftTarget {
  channelId: string
  network: string
  /** What the channel's own server takes. */
  limits?: ChannelLimits
  variant?: DraftVariant
}

/** A post as it stands in the editor, with its assets' facts filled in. */
export interface PostDraft {
  text: string
  assets: DraftAsset[]
  parts?: DraftPart[]
  firstComment?: string
  targets: DraftTarget[]
}
