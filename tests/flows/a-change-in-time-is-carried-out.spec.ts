import { eventually } from '@hamava/service-kit/testing'
import { describe, expect, it } from '@jest/globals'
import { api, channelOn, dev } from './stack/api.ts'

interface Post {
  id: string
  progress: string
  publications: { state: string }[]
}
interface Change {
  post: Post
}
interface Problem {
  code: string
}

describe('a change of a scheduled post', () => {
  it('moves it, and says truthfully when it comes too late', async () => {
    const { id: channelId } = await channelOn('sandbox', 'hamava-en')
    const { body: post } = await api<Post>('POST', '/v1/posts', {
      text: `To be moved ${Date.now()}`,
      targets: [{ channelId }],
      schedule: { local: '2029-01-01T10:00', zone: 'Europe/Berlin' },
    })
    const query = '/v1/calendar?from=2029-01-01T00:00:00Z&to=2029-01-02T00:00:00Z'
    const entry = await eventually('it is in the calendar', async () => {
      const { body } = await api<{ items: { postId: string; dueAt: string; zone: string }[] }>(
        'GET',
        query,
      )
      return body.items.find((one) => one.postId === post.id)
    })
    expect(entry).toMatchObject({ dueAt: '2029-01-01T09:00:00.000Z', zone: 'Europe/Berlin' })

    const moved = await api<{ post: Post }>('POST', `/v1/posts/${post.id}/publish-now`)
    expect(moved.status).toBe(200)
    await eventually('it is out', async () => {
      const { body } = await api<Post>('GET', `/v1/posts/${post.id}`)
      return body.progress === 'published'
    })
    const late = await api<Problem>('POST', `/v1/posts/${post.id}/cancel`)
    expect([late.status, late.body.code]).toEqual([409, 'too_late'])
  })

  it('takes a cancelled post out for good: a later edit changes words and sends nothing', async () => {
    const { id: channelId } = await channelOn('sandbox', 'hamava-en')
    const { body: post } = await api<Post>('POST', '/v1/posts', {
      text: `Cancelled ${Date.now()}`,
      targets: [{ channelId }],
      schedule: { local: '2029-01-01T10:00', zone: 'Europe/Berlin' },
    })
    const isAmong = async (scheduled: boolean) => {
      const path = `/v1/posts?scheduled=${scheduled}`
      const { body } = await api<{ items: Post[] }>('GET', path)
      return body.items.some(({ id }) => id === post.id)
    }
    expect([await isAmong(true), await isAmong(false)]).toEqual([true, false])
    // Soon, so that the plan may still be on its way.
    const cancelled = await api<{ post: Post & { version: number } }>(
      'POST',
      `/v1/posts/${post.id}/cancel`,
    )
    expect([cancelled.status, cancelled.body.post.progress]).toEqual([200, 'cancelled'])
    expect([await isAmong(true), await isAmong(false)]).toEqual([false, true])
    const edited = await api<{ post: Post }>(
      'PATCH',
      `/v1/posts/${post.id}`,
      { tags: ['archive'] },
      { 'if-match': `"${cancelled.body.post.version}"` },
    )
    expect(edited.body.post.progress).toBe('cancelled')
    const again = await api<Problem>('POST', `/v1/posts/${post.id}/cancel`)
    expect([again.status, again.body.code]).toEqual([409, 'nothing_to_cancel'])
  })

  it('takes words and a time together, and takes the time back with null', async () => {
    const { id: channelId } = await channelOn('sandbox', 'hamava-en')
    const { body: post } = await api<Post>('POST', '/v1/posts', {
      text: 'A draft',
      targets: [{ channelId }],
    })
    const path = `/v1/posts/${post.id}`
    const text = `Words and a time ${Date.now()}`
    const schedule = { local: '2029-01-01T10:00', zone: 'Europe/Berlin' }
    const ask = { text, schedule }
    const headers = { 'if-match': '"1"', 'idempotency-key': `edit-${post.id}` }
    const planned = await api<Change>('PATCH', path, ask, headers)
    expect([planned.status, planned.body.post.progress]).toEqual([200, 'scheduled'])
    // The answer was lost and the same is asked again: it is no conflict with oneself.
    expect((await api<Change>('PATCH', path, ask, headers)).body).toEqual(planned.body)

    const back = await api<Change>('PATCH', path, { schedule: null }, { 'if-match': '"2"' })
    expect(back.body.post).toMatchObject({ progress: 'cancelled', schedule: null, text })
    const now = { text: `${text}!`, schedule: { now: true } }
    await api<Change>('PATCH', path, now, { 'if-match': '"3"' })
    await eventually('it is out', async () => {
      const { body } = await api<Post>('GET', path)
      return body.publications.some(({ state }) => state === 'published')
    })
    const response = await fetch(`${dev.sandboxUrl}/accounts/hamava-en/posts`)
    const live = (await response.json()) as { text: string }[]
    expect(live.filter((one) => one.text.startsWith(text)).map((one) => one.text)).toEqual([
      `${text}!`,
    ])
  })

  it('takes a first comment that one channel does without', async () => {
    const { id: channelId } = await channelOn('telegram')
    const draft = { text: 'سلام', firstComment: 'پیوند', targets: [{ channelId }] }
    const check = (body: object) =>
      api<{ publishable: boolean }>('POST', '/v1/posts/validate', body)
    expect((await check(draft)).body.publishable).toBe(false)
    const targets = [{ channelId, variant: { firstComment: null } }]
    expect((await check({ ...draft, targets })).body.publishable).toBe(true)
  })

  it('is written once when the request is repeated', async () => {
    const { id: channelId } = await channelOn('sandbox', 'hamava-en')
    const body = { text: `Once ${Date.now()}`, targets: [{ channelId }], schedule: { now: true } }
    const key = { 'idempotency-key': `once-${Date.now()}` }
    const answers = [
      await api<Post>('POST', '/v1/posts', body, key),
      await api<Post>('POST', '/v1/posts', body, key),
    ]
    expect(answers.map((one) => one.status)).toEqual([201, 201])
    expect(answers[1]?.body.id).toBe(answers[0]?.body.id)
    const other = await api<Problem>('POST', '/v1/posts', { ...body, text: 'Other' }, key)
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused'])
  })
})
