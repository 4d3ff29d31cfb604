import type { ComponentType } from 'react'
import { BlueskyPreview } from './bluesky/preview.tsx'
import { MastodonPreview } from './mastodon/preview.tsx'
import type { PreviewProps } from './preview-props.ts'
import { TelegramPreview } from './telegram/preview.tsx'

export type { PreviewPieces, PreviewProps } from './preview-props.ts'

/** How posts look on a network, without its logo or other brand assets; one line per network with a preview. */
export const previews: Readonly<Record<string, ComponentType<PreviewProps>>> = {
  bluesky: BlueskyPreview,
  mastodon: MastodonPreview,
  telegram: TelegramPreview,
}
