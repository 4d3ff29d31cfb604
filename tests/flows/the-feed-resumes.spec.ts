import { eventually } from '@hamava/service-kit/testing'
import { describe, expect, it } from '@jest/globals'
import { api, channelOn, dev } from './stack/api.ts'
import { listen } from './stack/read-feed.ts'

interface Post {
  id: string
}

const bearer = { authorization: `Bearer ${dev.apiKey}` }

describe('the live feed', () => {
  it('tells what happens, and resumes where a listener left off', async () => {
    const { id: channelId } = await channelOn('sandbox', 'hamava')
    const first = await listen(bearer)
    const since = await eventually(
      'it says where it begins',
      () => /^id: (\d+)\n/m.exec(first.text)?.[1],
    )
    first.stop()
    const { body: post } = await api<Post>('POST', '/v1/posts', {
      text: 'خوراک',
      targets: [{ channelId }],
    })
    const again = await listen({ ...bearer, 'last-event-id': since })
    await eventually('what happened meanwhile', () => again.text.includes(post.id))
    const ids = [...again.text.matchAll(/^id: (\d+)\nevent: /gm)].map(([, id]) => Number(id))
    expect(ids.every((id) => id > Number(since))).toBe(true)
    expect(ids).toEqual(ids.toSorted((a, b) => a - b))
    again.stop()
  })
})
