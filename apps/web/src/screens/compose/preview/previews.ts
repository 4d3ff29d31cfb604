import type { ComponentType } from 'react'
import { BlueskyLook } from './bluesky.tsx'
import { MastodonLook } from './mastodon.tsx'
import { PlainLook } from './plain.tsx'
import type { PreviewProps } from './preview-props.ts'
import { TelegramLook } from './telegram.tsx'

/** How posts stand on a network; without its logo or anything else of its own. */
const previews: Record<string, ComponentType<PreviewProps>> = {
  bluesky: BlueskyLook,
  mastodon: MastodonLook,
  telegram: TelegramLook,
}

/** The look of a network, or the plain one where it has none of its own here. */
export const previewOf = (network: string): ComponentType<PreviewProps> =>
  previews[network] ?? PlainLook
