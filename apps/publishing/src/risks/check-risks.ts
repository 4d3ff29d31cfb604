import { Transactions, type Tx } from '@hamava/bus'
import { systemContext } from '@hamava/contracts'
import { connectorOf } from '@hamava/networks'
import { canonicalHash } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { type EntityManager, type FindOperator, In, IsNull, Not } from 'typeorm'
import { ChannelRow } from '../channels/channel.entity.ts'
import { ChannelAccess } from '../channels/channel-access.ts'
import { HoldRow } from '../holds/hold.entity.ts'
import { announce } from '../publications/announce.ts'
import { PublicationRow } from '../publications/publication.entity.ts'
import { RiskCheckRow } from '../publications/risk-check.entity.ts'
import { beyondQuota } from './beyond-quota.ts'
import { type Outlook, risksOf } from './risks-of.ts'

const batch = 200

/** Works through the queued risk checks, oldest first. */
@Injectable()
export class CheckRisks {
  constructor(
    private readonly transactions: Transactions,
    private readonly access: ChannelAccess,
  ) {}

  async run(): Promise<void> {
    while (await this.checkNext());
  }

  /** One batch; false when no checks are left that other replicas have not locked. */
  private checkNext(): Promise<boolean> {
    return this.transactions.run(async (tx) => {
      const [single, wide] = [await take(tx, Not(IsNull()), batch), await take(tx, IsNull(), 1)]
      const ids = new Set(single.map((check) => check.publicationId ?? ''))
      for (const check of wide) {
        const planned = await plannedIn(tx.manager, check)
        for (const id of planned) ids.add(id)
        if (planned.length < batch) single.push(check)
        else await tx.manager.update(RiskCheckRow, check.id, { after: planned.at(-1) ?? '' })
      }
      if (ids.size > 0) await this.look(tx, [...ids])
      if (single.length > 0)
        await tx.manager.delete(RiskCheckRow, { id: In(single.map((c) => c.id)) })
      return single.length + wide.length > 0
    })
  }

  private async look(tx: Tx, ids: string[]): Promise<void> {
    const rows = await tx.manager.find(PublicationRow, {
      where: { id: In(ids), state: In(['planned', 'held']) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    })
    const outlookOf = await this.outlooks(tx.manager, rows)
    const changed = rows.filter((row) => {
      const found = risksOf(row, outlookOf(row))
      if (canonicalHash(found) === canonicalHash(row.risks)) return false
      row.risks = found
      return true
    })
    for (const row of await tx.manager.save(changed)) {
      announce(tx, systemContext(row.workspaceId, 'publishing'), row, row.state)
    }
  }

  private async outlooks(
    manager: EntityManager,
    rows: PublicationRow[],
  ): Promise<(row: PublicationRow) => Outlook> {
    const channels = await manager.findBy(ChannelRow, { id: In(rows.map((row) => row.channelId)) })
    const holds = await manager.findBy(HoldRow, {
      workspaceId: In(rows.map((row) => row.workspaceId)),
      releasedAt: IsNull(),
    })
    const beyond = await beyondQuota(
      manager,
      rows.map((row) => row.id),
    )
    const channelOf = new Map(channels.map((channel) => [channel.id, channel]))
    return ({ id, channelId, network }) => {
      const channel = channelOf.get(channelId) ?? null
      return {
        channel,
        renews: channel !== null && this.access.renews(channel),
        scopes: connectorOf(network)?.manifest.scopes,
        holds,
        isBeyondQuota: beyond.has(id),
      }
    }
  }
}

/** Checks of single publications, or of whole scopes, the oldest first; those locked by others are skipped. */
const take = (tx: Tx, publicationId: FindOperator<unknown>, count: number) =>
  tx.manager.find(RiskCheckRow, {
    where: { publicationId: publicationId as FindOperator<string> },
    order: { id: 'ASC' },
    take: count,
    lock: { mode: 'pessimistic_write', onLocked: 'skip_locked' },
  })

async function plannedIn(manager: EntityManager, check: RiskCheckRow): Promise<string[]> {
  const { channelId, network, campaignId, workspaceId, after } = check
  const rows = await manager.query<{ id: string }[]>(
    `select id from publications
     where workspace_id = $1 and state in ('planned', 'held') and id > $5
       and ($2::text is null or channel_id = $2) and ($3::text is null or network = $3)
       and ($4::text is null or campaign_id = $4)
     order by id limit ${batch}`,
    [workspaceId, channelId, network, campaignId, after],
  )
  return rows.map((row) => row.id)
}
