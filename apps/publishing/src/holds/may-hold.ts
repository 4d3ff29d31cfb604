import type { CallContext } from '@hamava/contracts'
import { AppError } from '@hamava/service-kit'
import type { HoldRow } from './hold.entity.ts'

/** Who is kept to some channels may stop those, and nothing wider. Throws `channel_forbidden`. */
export function mayHold(call: CallContext, { channelId }: Pick<HoldRow, 'channelId'>): void {
  if (call.channelIds === null) return
  if (channelId && call.channelIds.includes(channelId)) return
  throw new AppError('channel_forbidden', { channelId: channelId ?? '*' })
}
