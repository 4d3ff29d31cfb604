import type { GrantedCredentials, Tx } from '@hamava/bus'
import type { Incoming } from '@hamava/networks'
import { type DataSource, type EntityManager, In } from 'typeorm'
import { ConversationRow } from '../conversations/conversation.entity.ts'
import { SourceRow } from './source.entity.ts'

/**
 * Channels of one access (a bot's) share a mailbox: what arrives there is read once, by the one connected first, and
 * shared out. A channel with a mailbox of its own is alone in it.
 */

/** Stores what the granted credentials tell of a channel: its mailbox, and the names by which it is addressed. */
export async function learn(
  dataSource: DataSource,
  source: SourceRow,
  { mailbox, channel: { externalId, handle, limits } }: GrantedCredentials,
): Promise<void> {
  const { channelId, mailbox: before } = source
  if (before === mailbox && source.externalId !== null) return
  await dataSource.transaction(async (manager) => {
    const rows = manager.getRepository(SourceRow)
    // The same mailbox under another mark, as the key behind the mark has changed: it changes for all sharers.
    if (before !== null && mailbox !== null) {
      await lockMailbox({ manager }, source)
      await rows.update({ mailbox: before }, { mailbox })
    }
    const sharer = mailbox === null ? null : await rows.findOneBy({ mailbox })
    const cursor = before === null && mailbox !== null ? { cursor: sharer?.cursor ?? null } : {}
    const learnt = { mailbox, externalId, handle, limits, ...cursor }
    await rows.update({ channelId }, learnt as object)
    Object.assign(source, learnt)
  })
}

/** Whether this channel reads for its mailbox: of the channels that share one, the one connected first does. */
export async function isReader(
  { manager }: Pick<DataSource, 'manager'>,
  { mailbox, channelId }: SourceRow,
): Promise<boolean> {
  if (mailbox === null) return true
  const first = await manager.findOne(SourceRow, {
    where: { mailbox, isActive: true },
    order: { channelId: 'ASC' },
  })
  return first === null || first.channelId === channelId
}

/** After so many failures, the other channels no longer wait for a newcomer. */
const mostFailures = 5

/**
 * Whether the mailbox of some channel on this network is still unknown: until then nothing is taken out of a shared
 * mailbox, as items for that channel would be lost. A channel that fails `mostFailures` times no longer holds up the
 * others.
 */
export function hasNewcomers(
  manager: EntityManager,
  { mailbox, workspaceId, network }: SourceRow,
): Promise<boolean> {
  if (mailbox === null) return Promise.resolve(false)
  return manager
    .createQueryBuilder(SourceRow, 's')
    .where('s.workspaceId = :workspaceId and s.network = :network', { workspaceId, network })
    .andWhere('s.isActive and s.mailbox is null and s.failures < :mostFailures', { mostFailures })
    .getExists()
}

/** Locks all sources of a mailbox, so that one transaction at a time stores for them. */
export function lockMailbox(
  { manager }: Pick<Tx, 'manager'>,
  { mailbox, channelId }: SourceRow,
): Promise<SourceRow[]> {
  return manager.find(SourceRow, {
    where: mailbox === null ? { channelId } : { mailbox, isRemoved: false },
    order: { channelId: 'ASC' },
    lock: { mode: 'pessimistic_write' },
  })
}

/** Groups items by the channel they are for; items for none of these channels are left out. */
export async function shareOut(
  tx: Tx,
  sharers: SourceRow[],
  reader: SourceRow,
  items: Incoming[],
): Promise<Map<SourceRow, Incoming[]>> {
  const shares = new Map<SourceRow, Incoming[]>()
  for (const item of items) {
    const whose = item.to ? await addressee(tx, sharers, item.threadKey, item.to) : reader
    if (!whose) continue
    // An item by the channel's own account is from the channel, wherever the bot hears it.
    const fromChannel = item.fromChannel || item.author.remoteId === whose.externalId
    shares.set(whose, [...(shares.get(whose) ?? []), { ...item, fromChannel }])
  }
  return shares
}

async function addressee(
  { manager }: Tx,
  sharers: SourceRow[],
  threadKey: string,
  to: readonly (string | null)[],
): Promise<SourceRow | undefined> {
  for (const name of to) {
    const named = sharers.find((one) => name !== null && isCalled(one, name))
    if (named) return named
  }
  if (!to.includes(null)) return undefined
  // A thread stays with the channel on which it began.
  const begun = await manager.findOne(ConversationRow, {
    where: { channelId: In(sharers.map(({ channelId }) => channelId)), threadKey },
    order: { channelId: 'ASC' },
  })
  return sharers.find(({ channelId }) => channelId === begun?.channelId) ?? sharers[0]
}

const isCalled = ({ externalId, handle }: SourceRow, name: string) =>
  externalId === name || handle?.toLowerCase() === name.toLowerCase()
