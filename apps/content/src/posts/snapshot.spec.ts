import { emptyContent, type PostContent, type StoredAsset, type Variant } from '@hamava/contracts'
import { describe, expect, it } from '@jest/globals'
import { snapshotOf } from './snapshot.ts'

const stored = (id: string): StoredAsset => ({
  id,
  kind: 'image',
  mime: 'image/png',
  bytes: 10,
  width: 1,
  height: 1,
  alt: 'از کتابخانه',
  fileName: 'a.png',
  sha256: 'x',
  storageKey: `k/${id}`,
  createdAt: '2026-01-01T00:00:00.000Z',
  version: 1,
})
const assets = new Map(['one', 'two'].map((id) => [id, stored(id)]))
const content: PostContent = {
  ...emptyContent,
  text: 'متن پایه',
  assets: [{ id: 'one' }],
  parts: [{ text: 'دنباله' }],
  firstComment: 'دیدگاه نخست',
  targets: [{ channelId: 'ch' }],
}
const withVariant = (variant: Variant) => ({ ...content, targets: [{ channelId: 'ch', variant }] })

describe('what goes out on a channel', () => {
  it('is the post in its order: text, thread, first comment', () => {
    const { parts } = snapshotOf(content, 'ch', assets)
    expect(parts.map(({ role, text }) => [role, text])).toEqual([
      ['post', 'متن پایه'],
      ['thread', 'دنباله'],
      ['first_comment', 'دیدگاه نخست'],
    ])
  })

  it('takes from the variant only what it names', () => {
    const variant = { text: 'Other', settings: { visibility: 'unlisted' } }
    const { parts, settings } = snapshotOf(withVariant(variant), 'ch', assets)
    expect(parts[0]).toMatchObject({ text: 'Other', assets: [{ id: 'one', storageKey: 'k/one' }] })
    expect(parts).toHaveLength(3)
    expect(settings).toEqual({ visibility: 'unlisted' })
  })

  it('can go without a thread, pictures and first comment', () => {
    const variant = { parts: [], assets: [], firstComment: null }
    const { parts } = snapshotOf(withVariant(variant), 'ch', assets)
    expect(parts).toEqual([{ role: 'post', text: 'متن پایه', assets: [] }])
  })

  it('uses the alternative text of this use before that of the library', () => {
    const variant = { assets: [{ id: 'one', alt: 'اینجا' }, { id: 'two' }] }
    const { parts } = snapshotOf(withVariant(variant), 'ch', assets)
    expect(parts[0]?.assets.map((asset) => asset.alt)).toEqual(['اینجا', 'از کتابخانه'])
  })
})
