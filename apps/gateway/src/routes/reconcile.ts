import {
  listMissingPublications,
  type ParsedInputOf,
  type Publication,
  type Reconciliation,
  reconcileLedger,
} from '@hamava/contracts'
import type { Caller } from '../http/caller.ts'
import type { Forward } from '../http/forward.ts'

/** Every channel of the span is read from its network. */
const readingDeadlineMs = 120_000
const mostMissing = 1_000

/** Publishing's ledger beside the networks, and beside both what content has promised and the ledger does not know. */
export async function reconcile(
  forward: Forward,
  caller: Caller,
  query: ParsedInputOf<typeof reconcileLedger>,
): Promise<Reconciliation> {
  const report = await forward.to(reconcileLedger, caller, query, readingDeadlineMs)
  const { from, to } = report
  const missing: Reconciliation['lost'] = []
  let cursor: string | undefined
  do {
    const { channelId } = query
    const page = await forward.to(listMissingPublications, caller, {
      channelId,
      from,
      to,
      limit: 100,
      cursor,
    })
    missing.push(...page.items.map(lost))
    cursor = page.nextCursor ?? undefined
  } while (cursor && missing.length < mostMissing)
  return {
    ...report,
    states: missing.length > 0 ? { ...report.states, missing: missing.length } : report.states,
    lost: [...report.lost, ...missing],
    isComplete: report.isComplete && cursor === undefined,
  }
}

const lost = ({ id, channelId }: Publication) => ({
  publicationId: id,
  channelId,
  remoteId: null,
  permalink: null,
})
