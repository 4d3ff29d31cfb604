import type { CallContext } from '@hamava/contracts'
import { newId } from '@hamava/service-kit'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type AnalyticsWorld, analyticsWorld } from '../testing/analytics-world.ts'

const day = (number: number) => new Date(Date.UTC(2026, 9, number)).toISOString()

describe('the list of metrics', () => {
  let world: AnalyticsWorld
  const [one, two] = [newId('channel'), newId('channel')]
  const [first, second] = [newId('publication'), newId('publication')]
  const post = newId('post')

  beforeAll(async () => {
    world = await analyticsWorld()
    await readings(one, null, 'followers', [10, 11, 12])
    await readings(one, first, 'likes', [1, 1, 3])
    await readings(one, first, 'views', [20, 40, 60])
    await readings(one, second, 'likes', [5])
    await readings(two, null, 'followers', [7])
  })
  afterAll(() => world?.close())

  /** One reading a day, from the first of October. */
  const readings = async (
    channelId: string,
    publicationId: string | null,
    metric: string,
    values: number[],
  ) => {
    const id = `${channelId}/${publicationId ?? ''}/${metric}`
    const last = values.length
    await world.query(
      `insert into series (id, workspace_id, channel_id, network, publication_id, post_id, metric, latest_at, latest_value)
       values ($1, $2, $3, 'sandbox', $4, $5, $6, $7, $8)`,
      [
        id,
        world.call.workspaceId,
        channelId,
        publicationId,
        publicationId && post,
        metric,
        day(last),
        values.at(-1),
      ],
    )
    for (const [at, value] of values.entries())
      await world.query('insert into snapshots values ($1, $2, $3)', [id, day(at + 1), value])
  }

  const names = (items: { channelId: string; publicationId: string | null; metric: string }[]) =>
    items.map(({ channelId, publicationId, metric }) => [channelId, publicationId, metric])

  it('gives each series with its last reading and its points, oldest first', async () => {
    const { items } = await world.metrics({ publicationId: first, metric: 'likes' })
    expect(items).toEqual([
      {
        channelId: one,
        network: 'sandbox',
        publicationId: first,
        postId: post,
        metric: 'likes',
        latest: { at: day(3), value: 3 },
        points: [
          { at: day(1), value: 1 },
          { at: day(2), value: 1 },
          { at: day(3), value: 3 },
        ],
      },
    ])
  })

  it('pages by channel, publication and metric', async () => {
    const seen: ReturnType<typeof names> = []
    let cursor: string | null | undefined
    do {
      const page = await world.metrics({ limit: 2, ...(cursor ? { cursor } : {}) })
      seen.push(...names(page.items))
      cursor = page.nextCursor
    } while (cursor)
    expect(seen).toEqual([
      [one, null, 'followers'],
      [one, first, 'likes'],
      [one, first, 'views'],
      [one, second, 'likes'],
      [two, null, 'followers'],
    ])
  })

  it('filters by channel, post, publication and metric', async () => {
    const count = async (input: Parameters<typeof world.metrics>[0]) =>
      (await world.metrics(input)).items.length
    expect(await count({ channelId: two })).toBe(1)
    expect(await count({ postId: post })).toBe(3)
    expect(await count({ publicationId: first })).toBe(2)
    expect(await count({ metric: 'followers' })).toBe(2)
  })

  it('keeps to a range of time', async () => {
    const { items } = await world.metrics({ channelId: one, from: day(2), to: day(3) })
    expect(names(items)).toEqual([
      [one, null, 'followers'],
      [one, first, 'likes'],
      [one, first, 'views'],
    ])
    expect(items[0]).toMatchObject({ latest: { value: 12 }, points: [{ value: 11 }] })
  })

  it('hides channels and workspaces that are not the caller’s', async () => {
    const limited: CallContext = { ...world.call, channelIds: [two] }
    const stranger: CallContext = { ...world.call, workspaceId: newId('workspace') }
    expect((await world.metrics({}, limited)).items).toMatchObject([{ channelId: two }])
    expect((await world.metrics({}, stranger)).items).toEqual([])
  })

  it('never answers more than the wire takes', async () => {
    const channel = newId('channel')
    const metrics = ['views', 'likes', 'reach', 'posts', 'clicks', 'quotes']
    metrics.push('replies', 'reposts', 'bookmarks', 'followers', 'following', 'impressions')
    for (const metric of metrics) {
      await readings(channel, null, metric, [1])
      await world.query(
        `insert into snapshots select $1, timestamptz '2026-01-01' + n * interval '1 hour', n
         from generate_series(1, 1500) n`,
        [`${channel}//${metric}`],
      )
    }
    const page = await world.metrics({ channelId: channel, limit: 100 })
    expect(page.items).toHaveLength(10)
    expect(page.items.every(({ points }) => points.length === 1_000)).toBe(true)
    const rest = await world.metrics({ channelId: channel, cursor: page.nextCursor ?? '' })
    expect(rest.items).toHaveLength(2)
    expect(rest.nextCursor).toBeNull()
  })
})
