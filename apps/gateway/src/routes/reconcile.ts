import {
  listMissingPublications,
  type ParsedInputOf,
  type Reconciliation,
  reconcileLedger,
} from '@hamava/contracts'
import type { Caller } from '../http/caller.ts'
import type { Forward } from '../http/forward.ts'

/** Every channel of the span is read from its network. */
const readingDeadlineMs = 120_000
const mostMissing = 100

/** Publishing's ledger beside the networks, and beside both what content has promised and the ledger does not know. */
export async function reconcile(
  forward: Forward,
  caller: Caller,
  query: ParsedInputOf<typeof reconcileLedger>,
): Promise<Reconciliation> {
  const report = await forward.to(reconcileLedger, caller, query, readingDeadlineMs)
  const { from, to } = report
  const page = { from, to, limit: mostMissing }
  const { items, nextCursor } = await forward.to(listMissingPublications, caller, page)
  const missing = items
    .filter(({ channelId }) => !query.channelId || channelId === query.channelId)
    .map(({ id, channelId }) => ({ publicationId: id, channelId, remoteId: null, permalink: null }))
  return {
    ...report,
    states: missing.length > 0 ? { ...report.states, missing: missing.length } : report.states,
    lost: [...report.lost, ...missing],
    isComplete: report.isComplete && nextCursor === null,
  }
}
