import type { AssetUse, ChannelLimits } from '@hamava/contracts'
import type { ComponentType } from 'react'
import type { Message } from './rules/post-content.ts'

/** What a network shows of a post, and how the screen shows the pieces of it. */
export interface PreviewProps {
  channel: { name: string; handle: string; network: string; limits: ChannelLimits }
  /** In order; a thread and a first comment are there where the network has such things. */
  messages: readonly Message[]
  settings: Record<string, unknown>
  pieces: PreviewPieces
}

/** The parts of a preview that only the app can render, as they load files and depend on the reader's language. */
export interface PreviewPieces {
  /** The first letter of a name, in place of a profile picture. */
  Face: ComponentType<{ name: string; look: string }>
  /** Paragraph by paragraph in its own direction; links, tags and handles stand out. */
  PostText: ComponentType<{ text: string; look?: string }>
  /** The same for a server that reads Markdown. */
  MarkdownText: ComponentType<{ text: string; look?: string }>
  /** One picture whole, several as tiles; `marksAlt` where the network marks those with an alternative text. */
  Media: ComponentType<{ assets: readonly AssetUse[]; look?: string; marksAlt?: boolean }>
  /** Numbers and the hour as the reader writes them. */
  show: { number: (value: number) => string; time: (at: Date) => string }
}
