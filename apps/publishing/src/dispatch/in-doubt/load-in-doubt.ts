import { prepared } from '@hamava/service-kit'
import type { EntityManager } from 'typeorm'
import { ChannelRow } from '../../channels/channel.entity.ts'
import { rowsOf } from '../../database/rows-of.ts'
import { isOfNextPart } from '../../publications/idempotency-key.ts'
import { PublicationRow } from '../../publications/publication.entity.ts'
import type { RequestsInDoubt } from './next-step-in-doubt.ts'

/** The requests in doubt, their idempotency key, and the replicas (`senders`) of those without an answer. */
export type KeyedRequestsInDoubt = RequestsInDoubt & { key: string; senders: string[] }

/** A publication in `sending` whose owner has to find out what became of it. */
export interface PublicationInDoubt {
  row: PublicationRow
  /** Null when all its requests were refused before they did anything. */
  requests: KeyedRequestsInDoubt | null
  /** Null when the channel was removed. */
  channel: ChannelRow | null
}

interface Known {
  first: Date | null
  last: Date | null
  duplicate: boolean | null
  key: string | null
  senders: string[] | null
  now: Date
}

type Raw = Known & Record<string, unknown> & { channel: Record<string, unknown> | null }

/**
 * Those of the publications that are in `sending` and leased by `owner`, with the requests of their
 * current part whose outcome is open, or known only from an answer that came too late.
 *
 * @param windowMs how long after its intent an attempt may begin requests.
 */
export async function loadInDoubt(
  manager: EntityManager,
  ids: string[],
  owner: string,
  windowMs: number,
): Promise<PublicationInDoubt[]> {
  const raw = await prepared<Raw>(
    manager,
    `select p.*, to_jsonb(c) as channel, d.*, clock_timestamp() as now
     from publications p left join channels c on c.id = p.channel_id and c.removed_at is null,
       lateral (
         select min(started_at) as first,
                max(coalesce(finished_at, started_at + $3 * interval '1 ms')) as last,
                (array_agg(outcome order by number desc))[1] = 'duplicate' as duplicate,
                (array_agg(idempotency_key order by number desc))[1] as key,
                array_agg(distinct lease_owner) filter (where finished_at is null) as senders
         from attempts
         where publication_id = p.id and number > p.cleared_up_to and ${isOfNextPart('attempts', 'p')}
           and step in ('publish', 'check')
           and (outcome is null or outcome in ('unknown_outcome', 'duplicate', 'published'))) d
     where p.id = any($1) and p.state = 'sending' and p.lease_owner = $2`,
    [ids, owner, windowMs],
  )
  const rows = rowsOf(manager, PublicationRow, raw)
  return raw.flatMap((one, at) => {
    const row = rows[at]
    const [channel = null] = rowsOf(manager, ChannelRow, one.channel ? [one.channel] : [])
    return row ? [{ row, requests: requestsOf(one, row), channel }] : []
  })
}

function requestsOf(
  { first, last, duplicate, key, senders, now }: Known,
  { absentReads }: PublicationRow,
): KeyedRequestsInDoubt | null {
  if (!first || !last || key === null) return null
  return {
    firstStartedAt: first,
    lastSentAt: last,
    isDuplicate: duplicate ?? false,
    wasAbsent: absentReads > 0,
    key,
    senders: senders ?? [],
    now,
  }
}
