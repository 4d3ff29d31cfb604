import { emptyContent, type PostContent } from '@hamava/contracts'
import { describe, expect, it } from '@jest/globals'
import { assetIdsOf, mapAssets } from './asset-uses.ts'
import {
  contentKey,
  contentOf,
  contentOfSnapshot,
  isOwn,
  messagesOf,
  toContent,
} from './post-content.ts'

const post: PostContent = {
  ...emptyContent,
  text: 'متن پایه',
  assets: [{ id: 'one' }],
  parts: [{ text: 'دنباله', assets: [{ id: 'three' }] }],
  firstComment: 'دیدگاه نخست',
  targets: [
    { channelId: 'plain' },
    { channelId: 'own', variant: { text: 'Other', assets: [{ id: 'two' }, { id: 'one' }] } },
    { channelId: 'short', variant: { parts: [], assets: [], firstComment: null } },
    { channelId: 'set', variant: { settings: { visibility: 'unlisted' } } },
  ],
}

const said = (channelId: string) =>
  messagesOf(contentOf(post, channelId)).map(({ role, text, assets }) => [
    role,
    text,
    assets.length,
  ])

describe('the content of a post', () => {
  it('is the post for a channel that says nothing of its own', () => {
    const all = [
      ['post', 'متن پایه', 1],
      ['thread', 'دنباله', 1],
      ['first_comment', 'دیدگاه نخست', 0],
    ]
    expect(said('plain')).toEqual(all)
    expect(said('a channel that it does not go to')).toEqual(all)
  })

  it('is what a variant says, where it says something', () => {
    expect(said('own')[0]).toEqual(['post', 'Other', 2])
    expect(said('own')).toHaveLength(3)
    expect(said('short')).toEqual([['post', 'متن پایه', 0]])
    expect(contentOf(post, 'set')).toMatchObject({ settings: { visibility: 'unlisted' } })
    expect([isOwn(post, 'own', 'text'), isOwn(post, 'own', 'parts')]).toEqual([true, false])
    expect(isOwn(post, 'short', 'firstComment')).toBe(true)
  })

  it('tells where in the post each of its messages stands', () => {
    expect(messagesOf(contentOf(post, 'plain')).map(({ path }) => path.text)).toEqual([
      'text',
      'parts/0/text',
      'firstComment',
    ])
  })

  it('names every media file that it uses once, and puts each as something else', () => {
    expect(assetIdsOf(post).sort()).toEqual(['one', 'three', 'two'])
    const mapped = mapAssets(post, ({ id }) => id.length)
    expect(mapped.assets).toEqual([3])
    expect(mapped.parts[0]?.assets).toEqual([5])
    expect(mapped.targets.map(({ variant }) => variant?.assets)).toEqual([
      undefined,
      [3, 3],
      [],
      undefined,
    ])
    expect(mapAssets(post, (use) => use)).toEqual(post)
  })

  it('is had back from what was sent of it', () => {
    const { settings, ...content } = contentOf(post, 'own')
    const snapshot = { parts: messagesOf({ ...content }), settings }
    expect(contentOfSnapshot(snapshot)).toMatchObject({
      text: 'Other',
      firstComment: 'دیدگاه نخست',
    })
    expect(messagesOf(contentOfSnapshot(snapshot))).toEqual(snapshot.parts)
  })

  it('has the same key when it says the same, however it was written', () => {
    const other = JSON.parse(JSON.stringify(post)) as PostContent
    const { text, ...rest } = other
    expect(contentKey(toContent({ ...rest, text }))).toBe(contentKey(post))
    expect(contentKey({ ...post, text: 'دیگر' })).not.toBe(contentKey(post))
  })

  it('says nothing in what was left out or has another name', () => {
    expect(toContent({ text: 'a', ...{ tags: ['b'] } })).toEqual({ ...emptyContent, text: 'a' })
  })
})
