import type { PlannedPublication } from '@hamava/contracts'
import { eventually } from '@hamava/service-kit/testing'
import type { Keyed } from './model-world.ts'
import { aPlan, type TestWorld } from './world.ts'

interface Row {
  id: string
  state: string
  remote: string | null
}

/** What is wrong in the ledger joined with the network's posts, by publication id. All lists should be empty. */
export interface Truth {
  twice: string[]
  /** Neither up nor with a person who decides. */
  lost: string[]
  /** Still on their way. */
  unsettled: string[]
  /** Called published but not up under that id, or called something else than live while it is. */
  lies: string[]
  early: string[]
}

export const nothingWrong: Truth = { twice: [], lost: [], unsettled: [], lies: [], early: [] }

const onTheWay = ['planned', 'sending', 'pending']

/** Many channels of each kind under one name, posts planned on them in turn, and the outcome of these posts. */
export async function crowd(
  world: TestWorld,
  name: string,
  channelsOfEach: number,
  kinds: Keyed[] = ['key', 'readable', 'none'],
) {
  const wanted = kinds.flatMap((keyed) =>
    Array.from({ length: channelsOfEach }, (_, at) => ({
      handle: `${name}_${keyed}_${at}`,
      keyed,
    })),
  )
  const channels: { id: string; handle: string; keyed: Keyed }[] = []
  while (channels.length < wanted.length) {
    const some = wanted.slice(channels.length, channels.length + 10)
    const made = some.map(async (one) => ({
      ...one,
      id: (await world.channel(one.handle, one)).id,
    }))
    channels.push(...(await Promise.all(made)))
  }
  const planned: PlannedPublication[] = []
  const states = () =>
    world.sql<Row>('select id, state, remote_id as remote from publications where id = any($1)', [
      planned.map(({ publicationId }) => publicationId),
    ])

  return {
    channels,
    planned,
    /** Plans posts that are due from `inMs` on, spread evenly over `overMs`. */
    async plan(count: number, inMs = 0, overMs = 0) {
      const plans = Array.from({ length: count }, (_, at) =>
        aPlan({
          channelId: channels[at % channels.length]?.id ?? '',
          text: `${name} ${planned.length + at}`,
          inMs: inMs + (overMs * at) / count,
        }),
      )
      planned.push(...plans)
      await world.plan(...plans)
      return plans
    },
    states,
    async count(...wanted: string[]) {
      return (await states()).filter(({ state }) => wanted.includes(state)).length
    },
    settled: (withinMs: number) =>
      eventually(
        `all of ${name} is settled`,
        async () => (await states()).every(({ state }) => !onTheWay.includes(state)),
        withinMs,
      ),
    async truth(): Promise<Truth> {
      const live = new Map<string, { id: string; at: number }[]>()
      for (const { handle } of channels) {
        for (const post of await world.network.live(handle)) {
          const id = post.idempotencyKey?.split('-', 1)[0] ?? ''
          const up = { id: post.id, at: Date.parse(post.createdAt) }
          live.set(id, [...(live.get(id) ?? []), up])
        }
      }
      const rows = await states()
      const idsOf = (those: Row[]) => those.map(({ id, state }) => `${id} ${state}`)
      const upOf = ({ id }: Row) => live.get(id) ?? []
      const dueAt = new Map(planned.map((one) => [one.publicationId, Date.parse(one.dueAt)]))
      return {
        twice: idsOf(rows.filter((row) => upOf(row).length > 1)),
        lost: idsOf(
          rows.filter((row) => upOf(row).length === 0 && !['unconfirmed'].includes(row.state)),
        ),
        unsettled: idsOf(rows.filter(({ state }) => onTheWay.includes(state))),
        lies: idsOf(
          rows.filter((row) =>
            row.state === 'published'
              ? upOf(row)[0]?.id !== row.remote
              : upOf(row).length > 0 && row.state !== 'unconfirmed',
          ),
        ),
        early: idsOf(
          rows.filter((row) => upOf(row).some(({ at }) => at < (dueAt.get(row.id) ?? 0))),
        ),
      }
    },
    /** How many of a kind wait for a person to decide. */
    async unconfirmed(...of: Keyed[]) {
      const ids = channels.filter(({ keyed }) => of.includes(keyed)).map(({ id }) => id)
      const [row] = await world.sql<{ count: number }>(
        `select count(*)::int as count from publications
         where state = 'unconfirmed' and channel_id = any($1)`,
        [ids],
      )
      return row?.count ?? 0
    },
  }
}
