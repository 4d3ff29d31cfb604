import type { PublicationState } from '@hamava/contracts'
import { prepared } from '@hamava/service-kit'
import type { EntityManager } from 'typeorm'
import { ChannelRow } from '../channels/channel.entity.ts'
import { rowsOf } from '../database/rows-of.ts'
import { headOf } from './lane-head.ts'
import type { Quota } from './quota.ts'
import { onTimeSince } from './work.ts'

export interface ClaimOptions {
  limit: number
  /** Only these networks; all when empty. */
  networks: string[]
  /** Networks to leave out. */
  fullNetworks: string[]
  lateMinutes: number
  /** Lanes due before `since` are left to the look at all lanes: index entries that old may be mostly dead. */
  since: Date
  /** Lanes that can still be on time come before all others. */
  isFreshFirst: boolean
}

/** A lane that is due, locked, with the publication that is next in it (null when nothing waits). */
export interface Claimed {
  channelId: string
  workspaceId: string
  network: string
  app: string | null
  quotas: Quota[]
  trouble: number
  /** Null when the channel's row is gone. */
  channel: ChannelRow | null
  /** When it was due. */
  nextAt: Date
  /** Claimed ahead of lanes that have been due for longer. */
  isFresh: boolean
  head: Head | null
}

export interface Head {
  id: string
  state: PublicationState
  nextAttemptAt: Date
  isDue: boolean
}

/** The lanes of one look, and the database's clock at it. */
export interface Claim {
  now: Date
  lanes: Claimed[]
}

type Raw = { now: Date } & Omit<Claimed, 'head' | 'channel'> &
  Partial<Head> & { channel: object | null }

/** A moment known before anything is read, so that it bounds the index scan. */
const looked = '(select now from begin)'

/** The row of `lanes` is of a network that is ours to serve. */
const isServed = (networks: string, fullNetworks: string) =>
  `((cardinality(${networks}::text[]) = 0 or network = any(${networks})) and network <> all(${fullNetworks}::text[]))`

/** The row of `lanes` is due, in nobody's hands, and ours to serve. */
const isFree = `(next_at <= ${looked}
  and (lease_until is null or lease_until <= ${looked}) and ${isServed('$2', '$6')})`

/**
 * Locks due lanes that no other transaction has locked: the longest due first, or with `isFreshFirst` after those that
 * can still be on time, so that a backlog delays no others.
 * @param first an SQL expression that is evaluated before anything is read.
 */
export async function claimLanes(
  manager: EntityManager,
  { limit, networks, fullNetworks, lateMinutes, since, isFreshFirst }: ClaimOptions,
  first = 'null',
): Promise<Claim> {
  const rows = await prepared<Raw>(
    manager,
    `with begin as materialized (select ${first} as done, clock_timestamp() as now), fresh as materialized (
       select lanes.*, true as is_fresh from lanes
       where ${isFree} and next_at >= ${onTimeSince(looked)} and not is_behind
       order by next_at limit case when $5 then $1 else 0 end for update skip locked
     ), oldest as materialized (
       select lanes.*, false as is_fresh from lanes
       where ${isFree} and next_at >= $3
         and not exists (select 1 from fresh where fresh.channel_id = lanes.channel_id)
       order by next_at limit $1 - (select count(*) from fresh) for update skip locked
     ), due as (select * from fresh union all select * from oldest)
     select begin.now, due.channel_id as "channelId", due.workspace_id as "workspaceId", due.network, due.app,
            due.quotas, due.trouble, due.next_at as "nextAt", due.is_fresh as "isFresh",
            to_jsonb(c) as channel, head.id, head.state,
            head.next_attempt_at as "nextAttemptAt", head.next_attempt_at <= clock_timestamp() as "isDue"
     from begin left join due on true left join channels c on c.id = due.channel_id
       left join lateral ${headOf('due.channel_id', '$4', { thread: 'due.thread' })} head on true
     order by due.next_at`,
    [limit, networks, since, lateMinutes, isFreshFirst, fullNetworks],
  )
  const lanes = rows
    .filter(({ channelId }) => channelId !== null)
    .map(
      ({ now: _, id, state, nextAttemptAt, isDue, channel, ...lane }): Claimed => ({
        ...lane,
        channel:
          channel && (rowsOf(manager, ChannelRow, [channel as Record<string, unknown>])[0] ?? null),
        head:
          id && state && nextAttemptAt ? { id, state, nextAttemptAt, isDue: isDue ?? false } : null,
      }),
    )
  return { now: rows[0]?.now ?? new Date(0), lanes }
}

/** Milliseconds until a lane is due, by the database's clock; null when nothing waits in any. */
export async function untilNextLane(
  manager: EntityManager,
  { networks, fullNetworks, since }: Pick<ClaimOptions, 'networks' | 'fullNetworks' | 'since'>,
): Promise<number | null> {
  const [row] = await prepared<{ ms: number | null }>(
    manager,
    `select (extract(epoch from next_at - clock_timestamp()) * 1000)::float as ms from lanes
     where next_at >= $2 and ${isServed('$1', '$3')}
     order by next_at limit 1`,
    [networks, since, fullNetworks],
  )
  return row?.ms ?? null
}
