import type { ChannelLimits, PostSnapshot, Reason } from '@hamava/contracts'
import { contentOfSnapshot, type NetworkRules, validatePost } from '@hamava/networks/rules'
import type { ChannelRow } from '../channels/channel.entity.ts'
import type { HoldRow } from '../holds/hold.entity.ts'
import { matches } from '../holds/hold-scope.ts'
import type { PublicationRow } from '../publications/publication.entity.ts'
import { risks } from './risks.ts'

/** All that a forecast looks at. */
export interface Outlook {
  channel: Pick<
    ChannelRow,
    'handle' | 'health' | 'healthReason' | 'removedAt' | 'expiresAt' | 'scopes' | 'limits'
  > | null
  /** Whether the channel's access can be renewed without a person. */
  renews: boolean
  scopes: NetworkRules['manifest']['scopes']
  /** Active holds, of whichever scope. */
  holds: Pick<
    HoldRow,
    'workspaceId' | 'channelId' | 'network' | 'campaignId' | 'reason' | 'until'
  >[]
  /** More publications are due before it, within a quota's window, than the quota allows. */
  isBeyondQuota: boolean
}

type Planned = Pick<
  PublicationRow,
  | 'kind'
  | 'workspaceId'
  | 'channelId'
  | 'network'
  | 'campaignId'
  | 'dueAt'
  | 'snapshot'
  | 'snapshotHash'
  | 'approvedHash'
>

/** Will this go out? Every reason why it may not, as far as is known; pure. */
export function risksOf(row: Planned, outlook: Outlook): Reason[] {
  return [...reasonsFor(row, outlook)]
}

function* reasonsFor(row: Planned, { channel, ...outlook }: Outlook): Generator<Reason> {
  if (!channel || channel.removedAt) yield risks.channelGone()
  else {
    if (channel.health === 'reconnect') yield risks.needsReconnect(channel.handle)
    const { expiresAt } = channel
    if (expiresAt && expiresAt <= row.dueAt && !outlook.renews) yield risks.tokenExpires(expiresAt)
    const missing = missingScopes(row, channel.scopes, outlook.scopes)
    if (missing.length > 0) yield risks.scopeMissing(missing)
  }
  const hold = outlook.holds.find(
    (one) => matches(one, row) && (one.until === null || one.until > row.dueAt),
  )
  if (hold) yield risks.held(hold.reason)
  if (row.approvedHash !== row.snapshotHash) yield risks.notApproved()
  if (outlook.isBeyondQuota) yield risks.quotaUsedUp(row.network)
  const broken = brokenRule(row, channel?.limits ?? {})
  if (broken) yield risks.outsideRules(broken.message)
}

/** `write` grants `write:statuses` too. */
function missingScopes(row: Planned, granted: string[], needed: Outlook['scopes']): string[] {
  if (!needed) return []
  const hasMedia = partsOf(row).some(({ assets }) => assets.length > 0)
  const wanted = [...needed.publish, ...(hasMedia ? needed.media : [])]
  return wanted.filter(
    (scope) => !granted.includes(scope) && !granted.includes(scope.split(':')[0] ?? ''),
  )
}

const partsOf = ({ kind, snapshot }: Planned) =>
  kind === 'post' ? ((snapshot as Partial<PostSnapshot>).parts ?? []) : []

/** The first rule of the channel that would be broken; rules change, and snapshots do not. */
function brokenRule(row: Planned, limits: ChannelLimits) {
  if (partsOf(row).length === 0) return undefined
  const { settings, ...content } = contentOfSnapshot(row.snapshot as PostSnapshot)
  const { channelId, network } = row
  const findings = validatePost({
    ...content,
    targets: [{ channelId, network, limits, variant: { settings } }],
  })
  return findings.find(({ level }) => level === 'blocks')
}
