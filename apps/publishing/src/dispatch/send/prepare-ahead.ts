import { Transactions } from '@hamava/bus'
import { connectorOf, registry } from '@hamava/networks'
import { IntervalTask, newId } from '@hamava/service-kit'
import { Inject, Injectable } from '@nestjs/common'
import { DataSource, In } from 'typeorm'
import { ChannelRow } from '../../channels/channel.entity.ts'
import type { Config } from '../../config.ts'
import { databaseNow } from '../../database/database-now.ts'
import { finishAttempt } from '../../evidence/end-attempt.ts'
import { isDueBy, isHeld, thisMoment } from '../../lanes/work.ts'
import { AttemptRow } from '../../publications/attempt.entity.ts'
import { idempotencyKeySql } from '../../publications/idempotency-key.ts'
import { PublicationRow } from '../../publications/publication.entity.ts'
import { configToken } from '../../tokens.ts'
import { queueDiscards } from '../../uploads/queue-discards.ts'
import { ReplicaPresence } from '../in-doubt/replica-presence.ts'
import { writeOutcomes } from '../settle/write-outcomes.ts'
import { sendWindowMs } from '../timing.ts'
import { type PreparedOutcome, SendPart } from './send-part.ts'

const everyMs = 5_000
const batch = 20
const preparable = registry
  .filter(({ publish }) => publish?.prepare && publish.check)
  .map(({ manifest }) => manifest.id)

/**
 * Minutes before a publication is due, its media is put on the network, so that the due moment is one
 * small request. What does not succeed here is simply done when it is due.
 */
@Injectable()
export class PrepareAhead extends IntervalTask {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly sending: SendPart,
    private readonly presence: ReplicaPresence,
    @Inject(configToken) private readonly config: Config,
  ) {
    super({ name: 'prepare-ahead', restMs: everyMs })
  }

  /** Prepares all publications that are due within `aheadMs`; 0 turns preparing off. */
  override async run(aheadMs = this.config.PREPARE_AHEAD_MS): Promise<void> {
    if (aheadMs <= 0) return
    let ids = await this.begin(aheadMs)
    while (ids.length > 0 && !this.isStopped) {
      await Promise.all(ids.map((id) => this.prepare(id)))
      ids = ids.length === batch ? await this.begin(aheadMs) : []
    }
  }

  /** Writes the attempts, like every attempt before its requests; each snapshot is prepared once. */
  private async begin(aheadMs: number): Promise<string[]> {
    const networks = preparable.filter(
      (id) =>
        this.config.PUBLISHING_NETWORKS.length === 0 ||
        this.config.PUBLISHING_NETWORKS.includes(id),
    )
    const ids = Array.from({ length: batch }, () => newId('attempt'))
    const rows = await this.dataSource.query<{ id: string }[]>(
      `with chosen as (
         select p.id, row_number() over (order by p.due_at) as place from publications p
         where p.id in (
           select p.id from publications p
           where p.part = 0 and p.kind = 'post' and p.network = any($2)
             and ${isDueBy(`${thisMoment} + $3 * interval '1 ms'`)} and p.due_at >= ${thisMoment}
             and p.approved_hash = p.snapshot_hash
             and jsonb_array_length(p.snapshot->'parts'->0->'assets') > 0
             and not exists (select 1 from attempts a where a.publication_id = p.id
               and a.step = 'prepare' and a.fingerprint = p.snapshot_hash)
             and not ${isHeld}
           order by p.due_at limit ${batch} for update of p skip locked)
       ), moved as (
         update publications p set attempt_count = attempt_count + 1
         from chosen where p.id = chosen.id
         returning p.id, p.round, p.part, p.key_turn, p.attempt_count, p.snapshot_hash, chosen.place)
       insert into attempts (id, publication_id, number, part, step, lease_owner, fingerprint, idempotency_key)
       select ($1::text[])[place], id, attempt_count, 0, 'prepare', $4, snapshot_hash,
         ${idempotencyKeySql('moved')} from moved
       returning id`,
      [ids, networks, aheadMs, this.presence.owner],
    )
    return rows.map((row) => row.id)
  }

  private async prepare(attemptId: string): Promise<void> {
    const { manager } = this.dataSource
    const attempt = await manager.findOneByOrFail(AttemptRow, { id: attemptId })
    const row = await manager.findOneByOrFail(PublicationRow, { id: attempt.publicationId })
    const channel = await manager.findOneBy(ChannelRow, { id: row.channelId, health: 'ok' })
    const connector = connectorOf(row.network)
    if (!channel || !connector) return
    const sendUntil = performance.now() + sendWindowMs(this.config)
    const prepared = await this.sending.prepare({ row, attempt, channel, connector, sendUntil })
    if (prepared) await this.keep(attempt, prepared)
  }

  /** Kept unless the publication was changed or has left in the meantime; evidence it is either way. */
  private keep(attempt: AttemptRow, { outcome, exchanges }: PreparedOutcome): Promise<void> {
    return this.transactions.run(async ({ manager }) => {
      const [row] = await manager.find(PublicationRow, {
        where: { id: In([attempt.publicationId]) },
        lock: { mode: 'pessimistic_write' },
      })
      if (!row) return
      const now = await databaseNow(manager)
      const reason = 'reason' in outcome ? outcome.reason : null
      const ended = finishAttempt(row, { attempt, outcome: outcome.kind, reason, exchanges }, now)
      await writeOutcomes(manager, { rows: [row], changed: new Set(), finished: [ended] })
      const isSame = row.state === 'planned' && row.snapshotHash === attempt.fingerprint
      if (outcome.kind !== 'prepared') return
      if (!isSame || row.part > 0) {
        // The upload will not be used: whoever reworded or held the publication meanwhile could not discard it.
        await queueDiscards(manager, [{ channelId: row.channelId, state: outcome.state }])
        return
      }
      const kept = {
        snapshotHash: attempt.fingerprint,
        state: outcome.state,
        at: now.toISOString(),
      }
      await manager.query('update publications set prepared = $2 where id = $1', [
        row.id,
        JSON.stringify(kept),
      ])
    })
  }
}
