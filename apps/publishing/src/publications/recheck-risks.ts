import type { EntityManager } from 'typeorm'
import type { RiskCheckRow } from './risk-check.entity.ts'

type Scope = Pick<RiskCheckRow, 'workspaceId'> &
  Partial<Pick<RiskCheckRow, 'publicationId' | 'channelId' | 'network' | 'campaignId'>>

/** Queues a recheck of the planned publications in a scope; it runs soon after the commit. */
export async function recheckRisks(manager: EntityManager, scope: Scope): Promise<void> {
  await manager.query(
    `insert into risk_checks (workspace_id, publication_id, channel_id, network, campaign_id)
     values ($1, $2, $3, $4, $5)`,
    [
      scope.workspaceId,
      scope.publicationId ?? null,
      scope.channelId ?? null,
      scope.network ?? null,
      scope.campaignId ?? null,
    ],
  )
}

/** Like `recheckRisks`, for many publications. */
export async function recheckRisksOf(
  manager: EntityManager,
  publications: { workspaceId: string; publicationId: string }[],
): Promise<void> {
  await manager.query(
    `insert into risk_checks (workspace_id, publication_id)
     select * from unnest($1::text[], $2::text[])`,
    [
      publications.map(({ workspaceId }) => workspaceId),
      publications.map(({ publicationId }) => publicationId),
    ],
  )
}
