import { type Finding as ContractFinding, finding } from '@hamava/contracts'
import { z } from 'zod'

/** Everything that the validator may say, by code. */
export const findingCode = z.enum([
  'unknown_network',
  'text_too_long',
  'text_empty',
  'caption_too_long',
  'too_many_media',
  'media_type_unsupported',
  'media_too_large',
  'media_mix',
  'media_dimensions',
  'alt_missing',
  'alt_too_long',
  'alt_unsupported',
  'thread_unsupported',
  'first_comment_unsupported',
  'settings_invalid',
  'extra_unsupported',
  'formats_together',
  'format_media',
  'format_read',
])
export type FindingCode = z.infer<typeof findingCode>

/** A finding together with the channel, and its network, that it is about. */
export const channelFinding = finding
  .extend({ channelId: z.string(), network: z.string() })
  .meta({ id: 'ChannelFinding' })
export type ChannelFinding = ContractFinding & { channelId: string; network: string }
