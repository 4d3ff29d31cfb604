import { manifestOf } from '@hamava/networks/rules'
import type { EntityManager } from 'typeorm'
import type { Claimed } from './claim-lanes.ts'
import { blockedUntil, freshQuotas } from './quota.ts'
import { type SharedQuota, shareOut, spend, type Want } from './share-out.ts'

/** What the app budgets let through of these lanes, and until when the others wait. */
export interface Granted {
  go: Claimed[]
  wait: { lane: Claimed; until: number }[]
}

/**
 * Takes from the budgets that several workspaces share. Their rows stay locked until the intents are
 * committed, so all replicas together never send more than there is.
 */
export async function takeFromAppBudgets(
  manager: EntityManager,
  lanes: Claimed[],
  now: number,
): Promise<Granted> {
  const granted: Granted = { go: lanes.filter((lane) => lane.app === null), wait: [] }
  const byApp = Map.groupBy(
    lanes.filter((lane) => lane.app !== null),
    (lane) => lane.app ?? '',
  )
  for (const [app, of] of [...byApp].toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    const quotas = await lockQuotas(manager, app, of[0]?.network ?? '')
    const later = await wantedLater(manager, quotas, of, now)
    const taken = takeFrom(quotas, of, later, now)
    granted.go.push(...taken.go)
    granted.wait.push(...taken.wait)
    await manager.query('update app_budgets set quotas = $2 where key = $1', [
      app,
      JSON.stringify(taken.quotas),
    ])
  }
  return granted
}

async function lockQuotas(
  manager: EntityManager,
  app: string,
  network: string,
): Promise<SharedQuota[]> {
  const manifest = manifestOf(network)
  const fresh = manifest ? freshQuotas(manifest, 'app') : []
  await manager.query(
    'insert into app_budgets (key, quotas) values ($1, $2) on conflict do nothing',
    [app, JSON.stringify(fresh.map((quota) => ({ ...quota, used: {} })))],
  )
  const [row] = await manager.query<{ quotas: SharedQuota[] }[]>(
    'select quotas from app_budgets where key = $1 for update',
    [app],
  )
  return row?.quotas ?? []
}

/** Looked up only if a quota has a window long enough to plan in, and more than half of it is used. */
async function wantedLater(
  manager: EntityManager,
  quotas: SharedQuota[],
  lanes: Claimed[],
  now: number,
): Promise<Map<string, number>> {
  const tight = quotas.filter(
    (quota) => quota.windowMs >= 60_000 && quota.resetsAt && quota.left < quota.limit / 2,
  )
  const until = Math.max(0, ...tight.map(({ resetsAt }) => resetsAt ?? 0))
  const app = lanes[0]?.app
  if (until <= now || !app) return new Map()
  const rows = await manager.query<{ workspace: string; count: number }[]>(
    `select p.workspace_id as workspace, count(*)::int as count
     from publications p join lanes l on l.channel_id = p.channel_id and l.app = $1
     where p.state = 'planned' and p.due_at <= $2 and p.next_attempt_at <= $2
     group by p.workspace_id`,
    [app, new Date(until)],
  )
  return new Map(rows.map(({ workspace, count }) => [workspace, count]))
}

/** Pure: shares out each quota in turn; a lane goes when all of them let it. */
export function takeFrom(
  quotas: SharedQuota[],
  lanes: Claimed[],
  later: Map<string, number>,
  now: number,
): Granted & { quotas: SharedQuota[] } {
  const byWorkspace = Map.groupBy(lanes, (lane) => lane.workspaceId)
  let counts = new Map([...byWorkspace].map(([workspace, of]) => [workspace, of.length]))
  for (const quota of quotas) {
    const wants = new Map(
      [...counts].map(([workspace, count]): [string, Want] => {
        const others = Math.max(0, (later.get(workspace) ?? 0) - count)
        return [workspace, { now: count, later: others }]
      }),
    )
    for (const [workspace, count] of later) {
      if (!wants.has(workspace)) wants.set(workspace, { now: 0, later: count })
    }
    const shares = shareOut(quota, wants, now)
    counts = new Map([...counts.keys()].map((workspace) => [workspace, shares.get(workspace) ?? 0]))
  }
  const spent = quotas.map((quota) => spend(quota, counts, now))
  const until = blockedUntil(spent, now) ?? Math.max(now, ...spent.map((q) => q.resetsAt ?? now))
  const go: Claimed[] = []
  const wait: Granted['wait'] = []
  for (const [workspace, of] of byWorkspace) {
    const count = counts.get(workspace) ?? 0
    go.push(...of.slice(0, count))
    wait.push(...of.slice(count).map((lane) => ({ lane, until })))
  }
  return { go, wait, quotas: spent }
}
