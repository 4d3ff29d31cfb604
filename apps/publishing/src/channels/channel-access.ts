import { Transactions } from '@hamava/bus'
import { type ChannelLimits, channelChanged, type Reason, systemContext } from '@hamava/contracts'
import { type Account, connectorOf, type Tools } from '@hamava/networks'
import { canonicalHash, type SecretBox } from '@hamava/service-kit'
import { Inject, Injectable, Logger } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { PublicationRow } from '../publications/publication.entity.ts'
import { recheckRisks } from '../publications/recheck-risks.ts'
import { transition } from '../publications/transition.ts'
import { reasons } from '../reasons.ts'
import { secretBoxToken, toolsToken } from '../tokens.ts'
import { ChannelRow } from './channel.entity.ts'
import { mustRefreshAt } from './refresh-at.ts'
import { toChannel } from './to-channel.ts'

/** What came of a refresh: new credentials, a confirmed end, or a blip that changes nothing. */
export type Access =
  | { kind: 'open'; credentials: unknown }
  | { kind: 'revoked'; reason: Reason }
  | { kind: 'temporary'; reason: Reason }

/** What the network now says of a channel: its credentials, and the changed fields of account and limits. */
export interface Changed {
  credentials: unknown
  account?: Partial<Account>
  limits?: ChannelLimits
}

/** Opens the credentials of channels, and keeps them fresh: one refresher at a time, by row lock. */
@Injectable()
export class ChannelAccess {
  private readonly logger = new Logger('channels')
  private readonly refreshing = new Map<string, Promise<Access>>()

  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    @Inject(secretBoxToken) private readonly box: SecretBox,
    @Inject(toolsToken) private readonly tools: Tools,
  ) {}

  seal(channelId: string, credentials: unknown): string {
    return this.box.seal(JSON.stringify(credentials), `channel:${channelId}`)
  }

  /** Fingerprints of the mailbox that `credentials` read, one per key in use, the current first; [] if not shared. */
  mailboxesOf(network: string, credentials: unknown): string[] {
    const mailbox = connectorOf(network)?.listen?.mailboxOf?.(credentials)
    return mailbox === undefined ? [] : this.box.fingerprints(mailbox, `mailbox:${network}`)
  }

  /** Updates `channel.mailbox` if it is missing or was made with an earlier key. */
  async markMailbox(channel: ChannelRow): Promise<string | null> {
    const { id, version, network } = channel
    const [mailbox = null] = this.mailboxesOf(network, this.unseal(channel))
    if (mailbox !== channel.mailbox)
      await this.dataSource.getRepository(ChannelRow).update({ id, version }, { mailbox })
    return mailbox
  }

  unseal(channel: Pick<ChannelRow, 'id' | 'credentials'>): unknown {
    return JSON.parse(this.box.open(channel.credentials, `channel:${channel.id}`))
  }

  /**
   * Whether the channel's access goes on without a person. Credentials from which `accessOnly` removes something
   * hold what renews them, such as a refresh token.
   */
  renews(channel: ChannelRow): boolean {
    const connect = connectorOf(channel.network)?.connect
    if (!channel.expiresAt || channel.removedAt) return true
    if (!connect?.refresh) return false
    const credentials = this.unseal(channel)
    const rest = connect.accessOnly?.(credentials) ?? credentials
    return canonicalHash(rest) !== canonicalHash(credentials)
  }

  /** Credentials that will hold for the next minutes. */
  async open(channel: ChannelRow): Promise<Access> {
    const expires = channel.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY
    const canRefresh = connectorOf(channel.network)?.connect.refresh !== undefined
    if (Date.now() < (canRefresh ? mustRefreshAt(channel) : expires)) {
      return { kind: 'open', credentials: this.unseal(channel) }
    }
    const access = await this.refresh(channel)
    // The refresh failed temporarily and the token has not expired: it may still work.
    if (access.kind === 'temporary' && expires > Date.now()) {
      return { kind: 'open', credentials: this.unseal(channel) }
    }
    return access
  }

  /**
   * Refreshes unless another replica did so since the row was read. Callers in this process share one refresh,
   * so waiting for a network takes one database connection and not one per publication.
   */
  refresh(known: ChannelRow): Promise<Access> {
    const key = `${known.id}/${known.credentials}`
    const under = this.refreshing.get(key)
    if (under) return under
    const refreshing = this.refreshNow(known).finally(() => this.refreshing.delete(key))
    this.refreshing.set(key, refreshing)
    return refreshing
  }

  private async refreshNow(known: ChannelRow): Promise<Access> {
    const connect = connectorOf(known.network)?.connect
    return this.dataSource.transaction(async (manager): Promise<Access> => {
      // The row lock is held while the network is asked, for longer than the service's usual idle limit.
      await manager.query(`set local idle_in_transaction_session_timeout = '60s'`)
      const channel = await manager.findOneOrFail(ChannelRow, {
        where: { id: known.id },
        lock: { mode: 'pessimistic_write' },
      })
      if (channel.removedAt) {
        return { kind: 'revoked', reason: reasons.channelGone(known.handle) }
      }
      if (channel.credentials !== known.credentials) {
        return { kind: 'open', credentials: this.unseal(channel) }
      }
      const refreshed = await connect?.refresh?.(this.unseal(channel), this.tools)
      if (refreshed?.kind !== 'refreshed') {
        return refreshed ?? { kind: 'revoked', reason: reasons.needsReconnect(known.handle) }
      }
      channel.credentials = this.seal(channel.id, refreshed.credentials)
      channel.expiresAt = refreshed.expiresAt
      channel.refreshedAt = new Date()
      await manager.save(channel)
      return { kind: 'open', credentials: refreshed.credentials }
    })
  }

  /**
   * Stores the id, name, address or limits that the network now gives for the channel. If another channel has that
   * id already, `account` is not stored.
   */
  async change(known: ChannelRow, { credentials, account = {}, limits }: Changed): Promise<void> {
    await this.transactions.run(async (tx) => {
      const channel = await tx.manager.findOne(ChannelRow, {
        where: { id: known.id },
        lock: { mode: 'pessimistic_write' },
      })
      // The credentials were changed, or the channel was reconnected, since `known` was read.
      if (!channel || channel.removedAt || channel.credentials !== known.credentials) return
      const { workspaceId, network } = channel
      const { externalId } = account
      const isTaken =
        externalId !== undefined &&
        externalId !== channel.externalId &&
        (await tx.manager.existsBy(ChannelRow, { workspaceId, network, externalId }))
      const before = toChannel(channel)
      Object.assign(channel, isTaken ? {} : account, limits && { limits })
      if (canonicalHash(credentials) !== canonicalHash(this.unseal(channel)))
        channel.credentials = this.seal(channel.id, credentials)
      channel.serverReadAt = new Date()
      if (canonicalHash(toChannel(channel)) === canonicalHash(before)) {
        await tx.manager.save(channel)
        return
      }
      channel.version++
      await tx.manager.save(channel)
      tx.publish(channelChanged, systemContext(workspaceId, 'publishing'), {
        channelId: channel.id,
        action: 'changed',
        before,
        after: toChannel(channel),
      })
      this.logger.log(
        `channel ${channel.id} is another by now: ${Object.keys({ ...account, ...limits })}`,
      )
    })
  }

  /** The network has confirmed that our access is over: hold what is planned, and tell the members. */
  async markLost(channelId: string, reason: Reason): Promise<void> {
    await this.transactions.run(async (tx) => {
      const channel = await tx.manager.findOne(ChannelRow, {
        where: { id: channelId },
        lock: { mode: 'pessimistic_write' },
      })
      if (!channel || channel.health === 'reconnect' || channel.removedAt) return
      const before = toChannel(channel)
      Object.assign(channel, { health: 'reconnect', healthReason: reason })
      channel.version++
      await tx.manager.save(channel)
      const call = systemContext(channel.workspaceId, 'publishing')
      const planned = await tx.manager.find(PublicationRow, {
        where: { channelId, state: 'planned' },
        order: { id: 'ASC' },
        lock: { mode: 'pessimistic_write' },
      })
      await transition(tx, planned, () => ({ state: 'held', reason }))
      await recheckRisks(tx.manager, { workspaceId: channel.workspaceId, channelId })
      tx.publish(channelChanged, call, {
        channelId,
        action: 'needs_reconnect',
        before,
        after: toChannel(channel),
      })
      this.logger.warn(`channel ${channelId} needs reconnecting: ${reason.message.en}`)
    })
  }
}
