import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Client } from 'pg'
import { api, dev } from './stack/api.ts'
import { type OwnWorkspace, ownWorkspace, sandboxChannels } from './stack/own-workspace.ts'

interface Post {
  id: string
  progress: string
  publications: { id: string; channelId: string; state: string; dueAt: string }[]
}

interface Publication {
  id: string
  postId: string
  state: string
  reason: { code: string } | null
}

describe('a publication that publishing has lost', () => {
  let world: OwnWorkspace
  let channelId: string
  let otherId: string
  let database: Client
  beforeAll(async () => {
    world = await ownWorkspace('فراموش‌شده')
    const channels = await sandboxChannels(world.owner, 2)
    channelId = channels[0]?.id ?? ''
    otherId = channels[1]?.id ?? ''
    database = new Client({ connectionString: dev.databaseUrl })
    await database.connect()
  })
  afterAll(() => database?.end())

  const get = async <T>(path: string, headers: Record<string, string> = world.owner) =>
    (await api<T>('GET', path, undefined, headers)).body
  const missing = async () => (await get<{ missing: number }>('/v1/attention')).missing

  it('is told, shown and counted everywhere, and goes out when somebody says so', async () => {
    const schedule = { at: new Date(Date.now() + 3_600_000).toISOString() }
    const { body: post } = await api<Post>(
      'POST',
      '/v1/posts',
      { text: 'گم شد', targets: [{ channelId }, { channelId: otherId }], schedule },
      world.owner,
    )
    const [lost, other] = [channelId, otherId].map((one) =>
      post.publications.find((publication) => publication.channelId === one),
    )
    const id = lost?.id ?? ''
    await eventually('content has heard that publishing knows of it', async () => {
      const { rowCount } = await database.query(
        'select 1 from content.post_publications where id = $1 and revision > 0',
        [id],
      )
      return rowCount === 1
    })
    // As if its plan had never arrived, and its time had come two minutes ago.
    await database.query('delete from publishing.publications where id = $1', [id])
    await database.query(
      `update content.post_publications set revision = 0, due_at = now() - interval '2 minutes' where id = $1`,
      [id],
    )
    await eventually('attention counts it', async () => (await missing()) === 1, 30_000)

    const { items } = await get<{ items: Publication[] }>('/v1/publications/missing')
    expect(items).toMatchObject([
      { id, postId: post.id, state: 'planned', reason: { code: 'unknown_to_publishing' } },
    ])
    expect((await get<Publication>(`/v1/publications/${id}`)).reason?.code).toBe(
      'unknown_to_publishing',
    )
    const operator = { authorization: `Bearer ${dev.apiKey}` }
    const status = await get<{ missing: number }>('/v1/operations/content', operator)
    expect(status.missing).toBeGreaterThanOrEqual(1)
    const from = new Date(Date.now() - 3_600_000).toISOString()
    const report = await get<{ lost: { publicationId: string }[]; states: Record<string, number> }>(
      `/v1/reconciliation?from=${from}`,
    )
    expect(report.lost.map(({ publicationId }) => publicationId)).toContain(id)
    expect(report.states.missing).toBe(1)
    const { rows } = await database.query(
      `select count(*)::int as n from content.outbox
       where event = 'content.publication.missing.v1' and body->>'publicationId' = $1`,
      [id],
    )
    expect(rows).toEqual([{ n: 1 }])

    const wanted = { publicationIds: [id] }
    const said = await api('POST', '/v1/publications/reschedule', wanted, world.owner)
    expect([said.status, said.body]).toEqual([200, { done: [id], tooLate: [] }])
    const stateOf = async (one: string) => (await get<Publication>(`/v1/publications/${one}`)).state
    await eventually('it is live', async () => (await stateOf(id)) === 'published')
    expect(await missing()).toBe(0)
    // Of its post, nothing else has left or has another time.
    const after = await get<Post>(`/v1/posts/${post.id}`)
    expect(after.publications.find((one) => one.id === other?.id)).toMatchObject({
      state: 'planned',
      dueAt: other?.dueAt,
    })
  })

  it('does not go out any more once its post was taken back', async () => {
    const schedule = { at: new Date(Date.now() + 3_600_000).toISOString() }
    const { body: post } = await api<Post>(
      'POST',
      '/v1/posts',
      { text: 'پس گرفته شد', targets: [{ channelId }], schedule },
      world.owner,
    )
    const id = post.publications[0]?.id ?? ''
    await eventually('content has heard that publishing knows of it', async () => {
      const found = await database.query(
        'select 1 from content.post_publications where id = $1 and revision > 0',
        [id],
      )
      return found.rowCount === 1
    })
    await database.query('delete from publishing.publications where id = $1', [id])
    await database.query(
      `update content.post_publications set revision = 0, due_at = now() - interval '2 minutes' where id = $1`,
      [id],
    )
    await eventually('attention counts it', async () => (await missing()) === 1, 30_000)
    await api('POST', `/v1/posts/${post.id}/cancel`, undefined, world.owner)
    expect(await missing()).toBe(0)
    const wanted = { publicationIds: [id] }
    const said = await api<{ done: string[] }>(
      'POST',
      '/v1/publications/reschedule',
      wanted,
      world.owner,
    )
    expect(said.body.done ?? []).toEqual([])
  })
})
