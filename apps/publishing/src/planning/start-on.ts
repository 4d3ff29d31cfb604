import type { ChannelRow } from '../channels/channel.entity.ts'
import type { PublicationRow } from '../publications/publication.entity.ts'
import { reasons } from '../reasons.ts'

/**
 * How a publication begins on its channel: one that cannot publish now holds it, and it goes on when access is back.
 * What is planned for one that is gone has failed: should the account be connected again, a person is asked first.
 */
export function startOn(channel: ChannelRow | null): Pick<PublicationRow, 'state' | 'reason'> {
  if (!channel || channel.removedAt) {
    return { state: 'failed', reason: reasons.channelGone(channel?.handle ?? null) }
  }
  if (channel.health === 'reconnect') {
    return { state: 'held', reason: reasons.needsReconnect(channel.handle) }
  }
  return { state: 'planned', reason: null }
}
