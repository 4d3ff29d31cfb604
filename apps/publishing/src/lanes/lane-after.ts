import type { Attempt } from '@hamava/contracts'
import type { Exchange } from '@hamava/networks'
import type { PublicationRow } from '../publications/publication.entity.ts'
import type { Freed } from './free-lanes.ts'
import type { LaneRow } from './lane.entity.ts'
import { learn, type Quota, takeReads } from './quota.ts'

/** Requests in a row without a good answer from the network that open the circuit. */
const troubleToRest = 3
const longestRestMs = 60_000

interface OutcomeOnLane {
  outcome: NonNullable<Attempt['outcome']>
  exchanges: Exchange[]
}

/**
 * What an attempt means for its whole lane: the quotas left, until when the network wants no requests, and whether it
 * failed so often that the channel should rest. Pure.
 */
export function laneAfter(
  lane: Pick<LaneRow, 'quotas' | 'trouble'> | undefined,
  row: Pick<PublicationRow, 'channelId' | 'nextAttemptAt'>,
  ended: OutcomeOnLane | null,
  now: Date,
): Freed {
  const { channelId } = row
  if (!lane || !ended) return { channelId }
  // One request was taken when the attempt was let through.
  const more = ended.exchanges.length - 1
  const spent = takeReads(lane.quotas, more, now.getTime())
  const quotas = ended.exchanges.reduce((known, seen) => learned(known, seen, now), spent)
  if (ended.outcome === 'rate_limited') return { channelId, quotas, waitsUntil: row.nextAttemptAt }
  const trouble = troubleAfter(lane.trouble, ended.outcome)
  const rest = restMs(trouble)
  const waitsUntil = rest > 0 ? new Date(now.getTime() + rest) : null
  return { channelId, quotas, trouble, waitsUntil }
}

function learned(quotas: Quota[], { publishes, quota, at }: Exchange, now: Date): Quota[] {
  if (!publishes) return quotas
  // `resetsAt` is by this process's clock and is stored by the database's.
  const resetsAt = quota.resetsAt && quota.resetsAt.getTime() - at.getTime() + now.getTime()
  return learn(quotas, { ...quota, resetsAt }, now.getTime())
}

function troubleAfter(trouble: number, outcome: OutcomeOnLane['outcome']): number {
  if (outcome === 'temporary' || outcome === 'unknown_outcome') return trouble + 1
  return 0
}

/** Doubling from a second; a rest ends with one request that shows whether the network is back. */
function restMs(trouble: number): number {
  if (trouble < troubleToRest) return 0
  return Math.min(longestRestMs, 1_000 * 2 ** (trouble - troubleToRest))
}
