import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { eventually } from '@hamava/service-kit/testing'
import { describe, expect, it } from '@jest/globals'
import { api, channelOn, dev } from './stack/api.ts'

interface Publication {
  state: string
}
interface Post {
  id: string
  progress: string
}

/** A picture that the network has not seen yet, so that it processes it. */
async function freshPicture(): Promise<string> {
  const picture = readFileSync(new URL('./stack/damavand.png', import.meta.url))
  const form = new FormData()
  form.set('alt', 'دماوند')
  form.set('file', new Blob([picture, randomBytes(8)]), 'damavand.png')
  const { body } = await api<{ id: string }>('POST', '/v1/assets', form)
  return body.id
}

describe('a post whose picture the network is processing', () => {
  it('can be cancelled, as nothing of it can be seen yet', async () => {
    const { id: channelId, handle } = await channelOn('sandbox', 'hamava-en')
    await fetch(`${dev.sandboxUrl}/admin/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ kind: 'slow_media', ms: 600_000, times: 1, handle }),
    })
    const text = `Never ready ${Date.now()}`
    const { body: post } = await api<Post>('POST', '/v1/posts', {
      text,
      assets: [{ id: await freshPicture() }],
      targets: [{ channelId }],
      schedule: { now: true },
    })
    const state = async () => {
      const path = `/v1/publications?postId=${post.id}`
      const { body } = await api<{ items: Publication[] }>('GET', path)
      return body.items[0]?.state
    }
    await eventually('the network processes it', async () => (await state()) === 'pending')
    const cancelled = await eventually('it is cancelled', async () => {
      // While the network is being asked whether it is done, the answer is that it may be leaving.
      const answer = await api<{ post: Post }>('POST', `/v1/posts/${post.id}/cancel`)
      return answer.status === 200 && answer.body.post
    })
    expect(cancelled.progress).toBe('cancelled')
    expect(await state()).toBe('cancelled')
    const reply = await fetch(`${dev.sandboxUrl}/accounts/${handle}/posts`)
    const live = (await reply.json()) as { text: string }[]
    expect(live.filter((one) => one.text === text)).toEqual([])
  })
})
