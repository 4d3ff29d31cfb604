import type { GrantedCredentials, Tx } from '@hamava/bus'
import type { Incoming } from '@hamava/networks'
import { type DataSource, type EntityManager, In } from 'typeorm'
import { ConversationRow } from '../conversations/conversation.entity.ts'
import { SourceRow } from './source.entity.ts'

/**
 * Channels of one access (a bot's) share a mailbox: what arrives there is read once, by the one connected first, and
 * shared out. A channel with a mailbox of its own is alone in it.
 */

/** Keeps what was granted of a channel: whose mailbox it has, and by which names it is spoken to. */
export async function learn(
  dataSource: DataSource,
  source: SourceRow,
  { mailbox, channel: { externalId, handle, limits } }: GrantedCredentials,
): Promise<void> {
  const { channelId, mailbox: before } = source
  if (before === mailbox && source.externalId !== null) return
  await dataSource.transaction(async (manager) => {
    const rows = manager.getRepository(SourceRow)
    // Another mark of the same mailbox, as the key is another one: it is so for all of them.
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

/** Whether it is this channel that reads: of those that share a mailbox, the one connected first. */
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

/** So often a newcomer may not open before others go on without it. */
const mostFailures = 5

/**
 * Whether a channel of the network has not been asked yet whose mailbox it has: until then nothing is taken out of a shared
 * one, as what is for that channel would be lost. One that cannot be opened does not hold up the others.
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

/** Those who have a share in what comes, each locked, so that one transaction stores for them at a time. */
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

/** Which items are for which channel; what is for none of them is left out. */
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
    // As the channel itself it may speak wherever the bot hears it.
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
  // What goes on stays where it began.
  const begun = await manager.findOne(ConversationRow, {
    where: { channelId: In(sharers.map(({ channelId }) => channelId)), threadKey },
    order: { channelId: 'ASC' },
  })
  return sharers.find(({ channelId }) => channelId === begun?.channelId) ?? sharers[0]
}

const isCalled = ({ externalId, handle }: SourceRow, name: string) =>
  externalId === name || handle?.toLowerCase() === name.toLowerCase()
