import type { ComponentType } from 'react'
import { BlueskyLook } from './bluesky.tsx'
import type { LookProps } from './look.ts'
import { MastodonLook } from './mastodon.tsx'
import { PlainLook } from './plain.tsx'
import { TelegramLook } from './telegram.tsx'

/** How posts stand on a network; without its logo or anything else of its own. */
const looks: Record<string, ComponentType<LookProps>> = {
  bluesky: BlueskyLook,
  mastodon: MastodonLook,
  telegram: TelegramLook,
}

/** The look of a network, or the plain one where it has none of its own here. */
export const lookOf = (network: string): ComponentType<LookProps> => looks[network] ?? PlainLook
