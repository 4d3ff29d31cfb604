import { until } from '@hamava/dev-stack/parts'
import type { Database } from '../servers/databases.ts'

/** Waits until every publication of the run has come to its end. */
export function allSettled({ pool }: Database, withinMs = 900_000): Promise<true> {
  return until(
    async () => {
      // Publications that are not due yet belong to the backlog of another scenario.
      const { rows } = await pool.query(
        `select 1 from publishing.publications
         where state in ('planned', 'sending', 'pending') and next_attempt_at < now() + interval '5 minutes' limit 1`,
      )
      return rows.length === 0 ? true : undefined
    },
    { what: 'settling every publication', timeoutMs: withinMs, intervalMs: 100 },
  )
}

/** Waits until the events of the run are in the stream. */
export function allRelayed({ pool }: Database, service = 'publishing'): Promise<true> {
  return until(
    async () => {
      const { rows } = await pool.query(
        `select 1 from ${service}.outbox where relayed_at is null limit 1`,
      )
      return rows.length === 0 ? true : undefined
    },
    { what: 'relaying every event', timeoutMs: 900_000, intervalMs: 100 },
  )
}
