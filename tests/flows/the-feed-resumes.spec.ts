import { describe, expect, it } from '@jest/globals'
import { api, channelOn, dev } from './stack/api.ts'

interface Post {
  id: string
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

describe('the live feed', () => {
  it('tells what happens, and resumes where a listener left off', async () => {
    const { id: channelId } = await channelOn('sandbox', 'hamava')
    const before = await readFeed('0', 1)
    const since = before.at(-1)?.id ?? '0'
    const { body: post } = await api<Post>('POST', '/v1/posts', {
      text: 'خوراک',
      targets: [{ channelId }],
    })
    const heard = await readFeed(since, 1, 'content.post.changed.v1')
    expect(heard.some((one) => one.data.includes(post.id))).toBe(true)
  })
})

interface Frame {
  id: string
  data: string
}

/** Reads at least `count` frames of the feed after `since`, up to the last that is there. */
async function readFeed(since: string, count: number, types = ''): Promise<Frame[]> {
  const stop = new AbortController()
  const response = await fetch(`${dev.gatewayUrl}/v1/events${types && `?types=${types}`}`, {
    headers: { ...bearer(dev.apiKey), 'last-event-id': since },
    signal: stop.signal,
  })
  const decoder = new TextDecoder()
  let text = ''
  const frames = () =>
    [...text.matchAll(/^id: (\d+)\nevent: .*\ndata: (.*)\n\n/gm)].map(
      (match): Frame => ({ id: match[1] ?? '', data: match[2] ?? '' }),
    )
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true })
    if (frames().length >= count && text.endsWith('\n\n')) break
  }
  stop.abort()
  return frames()
}
