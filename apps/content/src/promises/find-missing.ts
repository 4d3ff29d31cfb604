import { RequestClient, Transactions, type Tx } from '@hamava/bus'
import { findKnownPublications, publicationMissing, systemContext } from '@hamava/contracts'
import { IntervalTask } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import type { PostPublicationRow } from '../posts/post-publication.entity.ts'

const everyMs = 10_000
/** How long after its due time a publication is asked about that publishing has never told of. */
const missingAfter = `interval '1 minute'`
const batch = 500

type Unheard = Pick<PostPublicationRow, 'id' | 'workspaceId'> & { dueAt: string }

/**
 * Compares the publications that content promised with publishing's ledger. Those due and not in the ledger are told
 * once and shown until they are there; none is sent again by itself, as a ledger that lost rows may have sent them.
 */
@Injectable()
export class FindMissing extends IntervalTask {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly requests: RequestClient,
  ) {
    super({ name: 'promises', restMs: everyMs })
  }

  /** One look at all that is due and was never heard of. */
  override async run(): Promise<void> {
    let after = { dueAt: '-infinity', id: '' }
    for (;;) {
      const unheard = await this.dataSource.query<Unheard[]>(
        `select id, workspace_id as "workspaceId", due_at::text as "dueAt" from post_publications
         where revision = 0 and state = 'planned' and missing_since is null
           and due_at < now() - ${missingAfter} and (due_at, id) > ($1::timestamptz, $2)
         order by due_at, id limit ${batch}`,
        [after.dueAt, after.id],
      )
      await this.ask(unheard)
      // Publications that publishing knows and has not told of yet match again: the next page must begin behind them.
      const last = unheard.at(-1)
      if (!last || unheard.length < batch) return
      after = last
    }
  }

  private async ask(unheard: Unheard[]): Promise<void> {
    for (const [workspaceId, mine] of Map.groupBy(unheard, (one) => one.workspaceId)) {
      const call = systemContext(workspaceId, 'content')
      const ids = mine.map(({ id }) => id)
      const { known } = await this.requests.send(findKnownPublications, call, { ids })
      const missing = ids.filter((id) => !known.some((one) => one.id === id))
      if (missing.length > 0) await this.transactions.run((tx) => tellMissing(tx, missing))
    }
  }
}

async function tellMissing(tx: Tx, ids: string[]): Promise<void> {
  const rows = await tx.manager.query<(PostPublicationRow & { missingSince: Date })[]>(
    `with found as (
       select id from post_publications
       where id = any($1) and revision = 0 and state = 'planned' and missing_since is null
       order by id for update),
     marked as (
       update post_publications p set missing_since = now() from found where p.id = found.id returning p.*)
     select id, workspace_id as "workspaceId", post_id as "postId", channel_id as "channelId", network,
       due_at as "dueAt", missing_since as "missingSince" from marked`,
    [ids],
  )
  for (const { id, workspaceId, postId, channelId, network, dueAt, missingSince } of rows) {
    tx.publish(publicationMissing, systemContext(workspaceId, 'content'), {
      publicationId: id,
      postId,
      channelId,
      network,
      dueAt: dueAt.toISOString(),
      since: missingSince.toISOString(),
    })
  }
}
