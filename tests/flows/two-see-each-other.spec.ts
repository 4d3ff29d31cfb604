import { beforeAll, describe, expect, it } from '@jest/globals'
import { api, channelOn } from './stack/api.ts'
import { asThem, somebody } from './stack/somebody.ts'

interface Presence {
  people: { name: string; doing: string }[]
}

describe('people who have the same post open', () => {
  let postId: string
  let sara: Record<string, string>

  beforeAll(async () => {
    const { id: channelId } = await channelOn('sandbox')
    const body = { text: 'فرسته‌ای که دو نفر باز دارند', targets: [{ channelId }] }
    postId = (await api<{ id: string }>('POST', '/v1/posts', body)).body.id
    sara = await asThem(await somebody('editor', 'سارا'))
  })

  const say = async (doing: string, headers = {}) =>
    (await api<Presence>('PUT', `/v1/posts/${postId}/presence`, { doing }, headers)).body.people

  it('see each other and what they do, as long as they are there', async () => {
    expect(await say('reading')).toEqual([])
    expect(await say('writing', sara)).toHaveLength(1)
    expect(await say('reading')).toMatchObject([{ name: 'سارا', doing: 'writing' }])
    await say('reading', sara)
    expect(await say('reading')).toMatchObject([{ name: 'سارا', doing: 'reading' }])
    await say('left', sara)
    expect(await say('reading')).toEqual([])
  })

  it('are refused where there is no such post', async () => {
    const path = '/v1/posts/post_01k00000000000000000000000/presence'
    expect((await api('PUT', path, { doing: 'reading' })).status).toBe(404)
    expect((await api('PUT', `/v1/posts/${postId}/presence`, { doing: 'sleeping' })).status).toBe(
      422,
    )
  })
})
