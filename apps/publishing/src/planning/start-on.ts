import type { ChannelRow } from '../channels/channel.entity.ts'
import type { PublicationRow } from '../publications/publication.entity.ts'
import { reasons } from '../reasons.ts'

/**
 * The first state of a publication. A channel that needs reconnecting holds it until access is back. On a removed
 * channel it has failed: if the account is connected again, a person decides first.
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
