import { beforeAll, describe, expect, it } from '@jest/globals'
import { api } from './stack/api.ts'
import { type OwnWorkspace, ownWorkspace, sandboxChannels } from './stack/own-workspace.ts'

interface Post {
  id: string
  version: number
  schedule: { dueAt: string; local: string; zone: string } | null
  publications: { id: string; dueAt: string; state: string }[]
}

interface Problem {
  code: string
}

const inHours = (hours: number) =>
  new Date(Math.ceil(Date.now() / 60_000) * 60_000 + hours * 3_600_000).toISOString()

describe('the time of a publication', () => {
  let world: OwnWorkspace
  let channelIds: string[]
  beforeAll(async () => {
    world = await ownWorkspace('زمان')
    channelIds = (await sandboxChannels(world.owner, 2)).map(({ id }) => id)
  })

  const aPost = async (dueAt: string) => {
    const { body } = await api<Post>(
      'POST',
      '/v1/posts',
      {
        text: 'زمانش',
        targets: channelIds.map((channelId) => ({ channelId })),
        schedule: { local: wallInTehran(dueAt), zone: 'Asia/Tehran' },
      },
      world.owner,
    )
    return body
  }
  const reschedule = (publicationIds: string[], more: object) =>
    api<Problem>('POST', '/v1/publications/reschedule', { publicationIds, ...more }, world.owner)
  const read = async (id: string) =>
    (await api<Post>('GET', `/v1/posts/${id}`, undefined, world.owner)).body
  const calendarOf = async (post: Post) => {
    const [from, to] = [inHours(-24), inHours(24 * 30)]
    const { body } = await api<{
      items: { postId: string; publicationId: string; dueAt: string }[]
    }>('GET', `/v1/calendar?from=${from}&to=${to}&limit=1000`, undefined, world.owner)
    const mine = body.items.filter(({ postId }) => postId === post.id)
    return new Map(mine.map(({ publicationId, dueAt }) => [publicationId, dueAt]))
  }
  const dueOf = async (id: string) =>
    (await api<{ dueAt: string }>('GET', `/v1/publications/${id}`, undefined, world.owner)).body
      .dueAt

  it('can be read as soon as it was named', async () => {
    for (let n = 0; n < 10; n++) {
      const post = await aPost(inHours(5))
      for (const { id } of post.publications) {
        const { status, body } = await api<{ dueAt: string }>(
          'GET',
          `/v1/publications/${id}`,
          undefined,
          world.owner,
        )
        expect([status, body.dueAt]).toEqual([200, post.schedule?.dueAt])
      }
    }
  })

  it('is another one everywhere once it was moved, and stays when what is shown is written back', async () => {
    const post = await aPost(inHours(5))
    const ids = post.publications.map(({ id }) => id)
    const later = inHours(9)
    expect((await reschedule(ids, { at: later })).status).toBe(200)
    const moved = await read(post.id)
    expect(moved.schedule).toMatchObject({
      dueAt: later,
      zone: 'Asia/Tehran',
      local: `${wallInTehran(later)}:00`,
    })
    expect(moved.publications.map(({ dueAt }) => dueAt)).toEqual([later, later])
    expect([...(await calendarOf(post)).values()]).toEqual([later, later])
    expect(await Promise.all(ids.map(dueOf))).toEqual([later, later])

    const { local, zone } = moved.schedule ?? { local: '', zone: '' }
    const edited = await api<{ post: Post }>(
      'PATCH',
      `/v1/posts/${post.id}`,
      { text: 'متنی دیگر', schedule: { local, zone } },
      { ...world.owner, 'if-match': `"${moved.version}"` },
    )
    expect(edited.status).toBe(200)
    expect(edited.body.post.publications.map(({ dueAt }) => dueAt)).toEqual([later, later])
  })

  it('of one channel alone stays its own when the words are edited', async () => {
    const post = await aPost(inHours(5))
    const [first = '', second = ''] = post.publications.map(({ id }) => id)
    const later = inHours(9)
    expect((await reschedule([second], { at: later })).status).toBe(200)
    const shown = await read(post.id)
    expect(shown.schedule?.dueAt).toBe(post.schedule?.dueAt)
    const dues = [post.schedule?.dueAt, later]
    const { local, zone } = shown.schedule ?? { local: '', zone: '' }
    await api(
      'PATCH',
      `/v1/posts/${post.id}`,
      { text: 'متنی دیگر', schedule: { local, zone } },
      {
        ...world.owner,
        'if-match': `"${shown.version}"`,
      },
    )
    expect(await Promise.all([first, second].map(dueOf))).toEqual(dues)
    const calendar = await calendarOf(post)
    expect([calendar.get(first), calendar.get(second)]).toEqual(dues)
  })

  it('stays the one that was asked for, though an approval of "now" is still on its way', async () => {
    await api('PUT', '/v1/approval-policy', { approval: 'other_person' }, world.owner)
    const hold = { scope: { kind: 'workspace' }, reason: 'nothing is to leave' }
    const { body: placed } = await api<{ hold: { id: string } }>(
      'POST',
      '/v1/holds',
      hold,
      world.owner,
    )
    for (let n = 0; n < 10; n++) {
      const content = {
        text: 'اکنون',
        targets: [{ channelId: channelIds[0] }],
        schedule: { now: true },
      }
      const { body: post } = await api<Post>('POST', '/v1/posts', content, world.owner)
      const id = post.publications[0]?.id ?? ''
      await api('POST', `/v1/posts/${post.id}/submit`, undefined, world.owner)
      const { version } = await read(post.id)
      const approved = await api(
        'POST',
        `/v1/posts/${post.id}/approve`,
        {},
        { ...world.approver, 'if-match': `"${version}"` },
      )
      expect(approved.status).toBe(200)
      const later = inHours(9)
      const moved = await reschedule([id], { at: later })
      expect([moved.status, await dueOf(id)]).toEqual([200, later])
      // The event has come by now, if it was late: what it would undo stays.
      expect((await read(post.id)).publications.map(({ dueAt }) => dueAt)).toEqual([later])
      expect(await dueOf(id)).toBe(later)
    }
    await api('POST', `/v1/holds/${placed.hold.id}/release`, undefined, world.owner)
    await api('PUT', '/v1/approval-policy', { approval: 'none' }, world.owner)
  })

  it('is bounded alike at every door', async () => {
    const post = await aPost(inHours(5))
    const ids = post.publications.map(({ id }) => id)
    expect((await reschedule(ids, { at: inHours(6) })).status).toBe(200)
    const refusals = await Promise.all([
      reschedule(ids, { at: '2199-01-01T00:00:00Z' }),
      reschedule(ids, { at: '2020-01-01T00:00:00Z' }),
      api<Problem>(
        'POST',
        `/v1/posts/${post.id}/schedule`,
        { schedule: { at: '2199-01-01T00:00:00Z' } },
        world.owner,
      ),
    ])
    expect(refusals.map(({ status, body }) => [status, body.code])).toEqual([
      [422, 'schedule_too_far'],
      [422, 'schedule_in_past'],
      [422, 'schedule_too_far'],
    ])
    expect((await read(post.id)).publications.every(({ state }) => state === 'planned')).toBe(true)
  })

  it('is refused when only the last of many in a row would be too far', async () => {
    const posts = [await aPost(inHours(5)), await aPost(inHours(5))]
    const ids = posts.flatMap(({ publications }) => publications.map(({ id }) => id))
    const nearEnd = new Date(Date.now() + 5 * 366 * 86_400_000 - 3_600_000).toISOString()
    expect((await reschedule(ids, { at: nearEnd })).status).toBe(200)
    const spread = await reschedule(ids, { at: nearEnd, everySeconds: 86_400 })
    expect([spread.status, spread.body.code]).toEqual([422, 'schedule_too_far'])
  })
})

function wallInTehran(instant: string): string {
  const wall = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Tehran',
    dateStyle: 'short',
    timeStyle: 'short',
  })
  return wall.format(new Date(instant)).replace(' ', 'T')
}
