import type { HoldScope } from '@hamava/contracts'
import type { PublicationRow } from '../publications/publication.entity.ts'
import type { HoldRow } from './hold.entity.ts'

type Scoped = Pick<HoldRow, 'channelId' | 'network' | 'campaignId'>

/** A scope as columns: the one non-null field says what is stopped; all null means the whole workspace. */
export const columnsOf = (scope: HoldScope): Scoped => ({
  channelId: scope.kind === 'channel' ? scope.channelId : null,
  network: scope.kind === 'network' ? scope.network : null,
  campaignId: scope.kind === 'campaign' ? scope.campaignId : null,
})

export function scopeOf({ channelId, network, campaignId }: Scoped): HoldScope {
  if (channelId) return { kind: 'channel', channelId }
  if (network) return { kind: 'network', network }
  if (campaignId) return { kind: 'campaign', campaignId }
  return { kind: 'workspace' }
}

/** Whether a hold's scope covers a publication; like `isHeld` in SQL, but without checking that the hold is active. */
export const matches = (
  hold: Scoped & Pick<HoldRow, 'workspaceId'>,
  row: Pick<PublicationRow, 'workspaceId' | 'channelId' | 'network' | 'campaignId'>,
) =>
  hold.workspaceId === row.workspaceId &&
  (hold.channelId === null || hold.channelId === row.channelId) &&
  (hold.network === null || hold.network === row.network) &&
  (hold.campaignId === null || hold.campaignId === row.campaignId)
