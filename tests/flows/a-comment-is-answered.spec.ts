import { eventually } from '@hamava/service-kit/testing'
import { describe, expect, it } from '@jest/globals'
import { api, channelOn, dev } from './stack/api.ts'
import { liveOn } from './stack/live.ts'

interface Conversation {
  id: string
  kind: string
  postId: string | null
  excerpt: string
  state: string
}
interface Message {
  direction: string
  text: string
  state: string
  remoteId: string | null
}

const admin = (path: string, body: unknown) =>
  fetch(`${dev.sandboxUrl}/admin/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

describe('a comment on a published post', () => {
  it('arrives as a conversation, is answered, and the answer is on the network once', async () => {
    const { id: channelId } = await channelOn('sandbox', 'hamava')
    const text = `پرسش و پاسخ ${Date.now()}`
    const made = await api<{ id: string }>('POST', '/v1/posts', {
      text,
      targets: [{ channelId }],
      schedule: { now: true },
    })
    const remoteId = await eventually('the post is up', async () => {
      const { body } = await api<{ publications: { remoteId: string | null }[] }>(
        'GET',
        `/v1/posts/${made.body.id}`,
      )
      return body.publications[0]?.remoteId
    })

    const question = `این کی می‌رسد؟ ${Date.now()}`
    await admin('comments', { postId: remoteId, from: 'mina', text: question })
    const conversation = await eventually('the conversation', async () => {
      const { body } = await api<{ items: Conversation[] }>('GET', '/v1/conversations?kind=comment')
      return body.items.find((one) => one.excerpt.includes(question))
    })
    expect(conversation).toMatchObject({ kind: 'comment', postId: made.body.id, state: 'open' })

    const answer = `همین هفته! ${Date.now()}`
    const key = { 'idempotency-key': `answer-${Date.now()}` }
    const path = `/v1/conversations/${conversation.id}/messages`
    const first = await api<{ id: string }>('POST', path, { text: answer }, key)
    expect(first.status).toBe(201)
    const again = await api<{ id: string }>('POST', path, { text: answer }, key)
    expect(again.body.id).toBe(first.body.id)
    expect(again.headers.get('idempotency-replayed')).toBe('true')

    await eventually('the answer is up', async () => {
      const { body } = await api<{ messages: Message[] }>(
        'GET',
        `/v1/conversations/${conversation.id}`,
      )
      const answers = body.messages.filter((one) => one.direction === 'out' && one.text === answer)
      expect(answers.length).toBeLessThanOrEqual(1)
      return answers[0]?.state === 'published' && answers[0].remoteId !== null
    })
    const live = await liveOn('sandbox')
    expect(live.filter((post) => post.text.includes(answer))).toHaveLength(1)
  })

  it('is a conversation of its own when it is a private message', async () => {
    const text = `یک پیام خصوصی ${Date.now()}`
    await admin('messages', { handle: 'hamava', from: 'omid', text })
    const conversation = await eventually('the conversation', async () => {
      const { body } = await api<{ items: Conversation[] }>('GET', '/v1/conversations?kind=direct')
      return body.items.find((one) => one.excerpt.includes(text))
    })
    expect(conversation.postId).toBeNull()
  })
})

describe('a published post', () => {
  it('is measured', async () => {
    const { id: channelId } = await channelOn('sandbox', 'hamava')
    const made = await api<{ id: string }>('POST', '/v1/posts', {
      text: `سنجیدنی ${Date.now()}`,
      targets: [{ channelId }],
      schedule: { now: true },
    })
    const series = await eventually(
      'readings',
      async () => {
        const path = `/v1/metrics?postId=${made.body.id}`
        const { body } = await api<{ items: { metric: string; points: unknown[] }[] }>('GET', path)
        return body.items.length > 0 ? body.items : null
      },
      30_000,
    )
    expect(series.map((one) => one.metric)).toContain('likes')
    expect(series[0]?.points.length).toBeGreaterThan(0)
  })
})
