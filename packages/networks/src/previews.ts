import type { ComponentType } from 'react'
import { BlueskyPreview } from './bluesky/preview.tsx'
import { MastodonPreview } from './mastodon/preview.tsx'
import type { PreviewProps } from './preview-props.ts'
import { TelegramPreview } from './telegram/preview.tsx'

export type { PreviewPieces, PreviewProps } from './preview-props.ts'

/** How posts stand on a network, without its logo or anything else of its own; one line per network that has a look. */
export const previews: Readonly<Record<string, ComponentType<PreviewProps>>> = {
  bluesky: BlueskyPreview,
  mastodon: MastodonPreview,
  telegram: TelegramPreview,
}
