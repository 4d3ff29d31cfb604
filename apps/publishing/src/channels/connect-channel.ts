import { Transactions, type Tx } from '@hamava/bus'
import {
  type CallContext,
  type Channel,
  type ChannelDetail,
  channelChanged,
  type connectChannel,
  type ParsedInputOf,
} from '@hamava/contracts'
import {
  type Connected,
  type Connector,
  connectorOf,
  NetworkError,
  type Tools,
} from '@hamava/networks'
import { AppError, everyChannel, mayTouch, newId, refuseForeign } from '@hamava/service-kit'
import { Inject, Injectable } from '@nestjs/common'
import { In, IsNull, Not } from 'typeorm'
import { DispatchSignal } from '../lanes/dispatch-signal.ts'
import { openLane } from '../lanes/open-lane.ts'
import { PublicationRow } from '../publications/publication.entity.ts'
import { recheckRisks } from '../publications/recheck-risks.ts'
import { transition } from '../publications/transition.ts'
import { toolsToken } from '../tokens.ts'
import { ChannelRow } from './channel.entity.ts'
import { ChannelAccess } from './channel-access.ts'
import { refusedByNetwork } from './refused-by-network.ts'
import { toChannel } from './to-channel.ts'

@Injectable()
export class ConnectChannel {
  constructor(
    private readonly transactions: Transactions,
    private readonly access: ChannelAccess,
    private readonly signal: DispatchSignal,
    @Inject(toolsToken) private readonly tools: Tools,
  ) {}

  /** Asks the network whether the typed-in secrets are good, then keeps them sealed. */
  async connect(
    call: CallContext,
    { network, method, fields }: ParsedInputOf<typeof connectChannel>,
  ): Promise<Channel> {
    const connector = networkOf(network)
    const connected = await asking(() => connector.connect.verify(fields, this.tools))
    return this.keep(call, network, connected, { method, fields: openOf(connector, fields) })
  }

  /**
   * Stores a verified channel. An account connected before keeps its channel id, and publications held for lack
   * of access are planned again.
   */
  keep(
    call: CallContext,
    network: string,
    connected: Connected,
    connectedBy: NonNullable<ChannelDetail['connectedBy']>,
  ): Promise<Channel> {
    return this.transactions.run(async (tx) => {
      const rows = tx.manager.getRepository(ChannelRow)
      const { externalId } = connected.account
      // Two people connecting the same account at once: the second waits and reconnects.
      await tx.manager.query('select pg_advisory_xact_lock(hashtext($1))', [
        `${call.workspaceId}/${network}/${externalId}`,
      ])
      const known = await rows.findOneBy({ workspaceId: call.workspaceId, network, externalId })
      // A caller restricted to some channels may reconnect only those, and does not learn which others exist.
      if (!known || !mayTouch(call, [known.id])) refuseForeign(call, [everyChannel])
      const mailboxes = this.access.mailboxesOf(network, connected.credentials)
      await refuseOthersMailbox(tx, call, mailboxes)
      if (known) refuseWeaker(known, connected.scopes)
      const before = known && toChannel(known)
      const row = known ?? rows.create({ ...newChannel(call, network), externalId })
      const { handle, name, url } = connected.account
      Object.assign(row, {
        handle,
        name,
        url,
        scopes: connected.scopes,
        limits: connected.limits ?? {},
        serverReadAt: new Date(),
        removedAt: null,
        connectedBy,
      })
      Object.assign(row, { expiresAt: connected.expiresAt, refreshedAt: new Date() })
      Object.assign(row, { health: 'ok', healthReason: null })
      row.credentials = this.access.seal(row.id, connected.credentials)
      row.mailbox = mailboxes[0] ?? null
      row.version++
      const after = toChannel(await rows.save(row))
      await openLane(tx.manager, row, appKeyOf(network, connected.credentials))
      const action = before ? ('reconnected' as const) : ('connected' as const)
      tx.publish(channelChanged, call, { channelId: row.id, action, before, after })
      if (known) await this.resume(tx, call, row.id)
      await recheckRisks(tx.manager, { workspaceId: call.workspaceId, channelId: row.id })
      return after
    })
  }

  /** Plans publications held for lack of access again; those under a hold, or ended with the channel, stay. */
  private async resume(tx: Tx, call: CallContext, channelId: string): Promise<void> {
    const held = await tx.manager.find(PublicationRow, {
      where: { channelId, state: 'held', holdId: IsNull() },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    })
    await transition(tx, held, () => ({ state: 'planned', reason: null }), call)
    tx.afterCommit(() => this.signal.signalAll())
  }
}

/** Throws `access_elsewhere` if another workspace reads the same mailbox: messages it reads would be missing here. */
async function refuseOthersMailbox(tx: Tx, { workspaceId }: CallContext, mailboxes: string[]) {
  const [mailbox] = mailboxes
  if (mailbox === undefined) return
  await tx.manager.query('select pg_advisory_xact_lock(hashtext($1))', [mailbox])
  const isElsewhere = await tx.manager.existsBy(ChannelRow, {
    mailbox: In(mailboxes),
    workspaceId: Not(workspaceId),
    removedAt: IsNull(),
  })
  if (isElsewhere) throw new AppError('access_elsewhere')
}

/** Throws `weaker_access` when access that works would be replaced by one that may do less. */
function refuseWeaker({ health, removedAt, scopes }: ChannelRow, granted: string[]): void {
  if (health !== 'ok' || removedAt) return
  const missing = scopes.filter(
    (scope) => !granted.includes(scope) && !granted.includes(scope.split(':')[0] ?? ''),
  )
  if (missing.length > 0) throw new AppError('weaker_access', { missing: missing.join(', ') })
}

function newChannel(call: CallContext, network: string): Partial<ChannelRow> {
  return {
    id: newId('channel'),
    workspaceId: call.workspaceId,
    network,
    version: 0,
    createdAt: new Date(),
  }
}

/** Key of the app budget that a channel shares; null if its network has no budgets per app. */
function appKeyOf(network: string, credentials: unknown): string | null {
  const { manifest, connect } = networkOf(network)
  if (!manifest.budgets.some(({ scope }) => scope === 'app')) return null
  return `${network}/${connect.appId?.(credentials) ?? 'installation'}`
}

/** The typed-in fields that are not secret. */
export function openOf(
  { manifest }: Connector,
  fields: Record<string, string>,
): Record<string, string> {
  const open = manifest.connect
    .flatMap((method) => method.fields)
    .filter(({ secret }) => !secret)
    .map(({ name }) => name)
  return Object.fromEntries(Object.entries(fields).filter(([name]) => open.includes(name)))
}

/** Throws `unknown_network`. */
export function networkOf(network: string): Connector {
  const connector = connectorOf(network)
  if (!connector) throw new AppError('unknown_network', { network })
  return connector
}

/** Tells a person what the network said to them. */
export async function asking<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error
    throw refusedByNetwork(error.kind, error.reason, error)
  }
}
