import { setTimeout as pause } from 'node:timers/promises'
import { query } from './database.ts'

/** A publication as the product's own ledger has it. */
export interface LedgerRow {
  readonly id: string
  readonly handle: string
  readonly text: string
  readonly state: string
  /** When publishing learned of the publication. */
  readonly plannedAt: number
  /**
   * When its last attempt ended, by an answer or with its lease: until then, later publications of the channel waited.
   */
  readonly settledAt: number
  readonly remoteId: string | null
  readonly parts: readonly { readonly part: number; readonly id: string }[]
}

const ours = `from publishing.publications p
  join publishing.channels c on c.id = p.channel_id where c.handle like 'chaos-%'`

export function readLedger(databaseUrl: string, leaseMs: number): Promise<LedgerRow[]> {
  return query<LedgerRow & Record<string, unknown>>(
    databaseUrl,
    `select p.id, c.handle, p.snapshot->'parts'->0->>'text' as text, p.state,
            (extract(epoch from p.created_at) * 1000)::float as "plannedAt",
            coalesce((select extract(epoch from max(coalesce(a.finished_at, a.started_at + $1 * interval '1 ms'))) * 1000
              from publishing.attempts a where a.publication_id = p.id), 0)::float as "settledAt",
            p.remote_id as "remoteId", p.live_parts as parts ${ours}`,
    [leaseMs],
  )
}

/** Waits until the ledger has `count` publications; scheduling works by events, so it takes a while. */
export async function untilPlanned(databaseUrl: string, count: number, deadline: number) {
  for (;;) {
    const [row] = await query<{ known: number }>(
      databaseUrl,
      `select count(*)::int as known ${ours}`,
    )
    if (row && row.known >= count) return
    if (Date.now() > deadline) {
      throw new Error(
        `only ${row?.known} of ${count} publications were planned before the faults were to begin; this machine needs a smaller run`,
      )
    }
    await pause(250)
  }
}

/** Waits until all publications are settled, or until `deadline`; the verdict then reports those that are not. */
export async function untilSettled(databaseUrl: string, count: number, deadline: number) {
  while (Date.now() < deadline) {
    const [row] = await query<{ known: number; open: number }>(
      databaseUrl,
      `select count(*)::int as known,
              (count(*) filter (where p.state in ('planned', 'sending', 'pending')))::int as open ${ours}`,
    ).catch(() => [])
    if (row && row.known >= count && row.open === 0) return
    await pause(500)
  }
}
