import { describe, expect, it } from '@jest/globals'
import type { Revision } from '../../api/types.ts'
import { changesSince, isEmpty } from './changes.ts'

const schedule = (dueAt: string): Revision['schedule'] => ({
  kind: 'at',
  local: '2026-11-22T20:30',
  zone: 'Asia/Tehran',
  dueAt,
  adjusted: null,
})
const approved = {
  said: {
    text: 'سلام',
    assets: [{ id: 'asset_1', alt: 'دماوند' }],
    parts: [{ text: 'دو' }],
    firstComment: 'نظر',
    targets: [{ channelId: 'ch_1' }, { channelId: 'ch_2', variant: { text: 'درود' } }],
  },
  schedule: schedule('2026-11-22T17:00:00Z'),
}

describe('what has changed since an approval', () => {
  it('is nothing when nothing has', () => {
    expect(isEmpty(changesSince(approved, structuredClone(approved)))).toBe(true)
  })

  it('tells of every text, also of the thread, the first comment and one channel alone', () => {
    const { content: said } = changesSince(approved, {
      ...approved,
      said: {
        ...approved.said,
        text: 'سلام دنیا',
        parts: [{ text: 'دو' }, { text: 'سه' }],
        firstComment: null,
        targets: [{ channelId: 'ch_1' }, { channelId: 'ch_2', variant: { text: 'بدرود' } }],
      },
    })
    expect(said).toMatchObject([
      { what: 'text', channelId: null, before: 'سلام', after: 'سلام دنیا' },
      { what: 'firstComment', before: 'نظر', after: null },
      { what: 'text', channelId: 'ch_2', before: 'درود', after: 'بدرود' },
      { what: 'part', part: 3, before: null, after: 'سه' },
    ])
  })

  it('tells of images that came and went, and of what is said of one that stayed', () => {
    const withAssets = (assets: { id: string; alt?: string }[]) =>
      changesSince(approved, { ...approved, said: { ...approved.said, assets } }).content
    expect(withAssets([{ id: 'asset_2', alt: 'البرز' }])).toMatchObject([
      { what: 'image', assetId: 'asset_1', before: 'دماوند', after: null },
      { what: 'image', assetId: 'asset_2', before: null, after: 'البرز' },
    ])
    expect(withAssets([{ id: 'asset_1', alt: 'البرز' }])).toMatchObject([
      { what: 'image', assetId: 'asset_1', before: 'دماوند', after: 'البرز' },
    ])
  })

  it('tells of what a post has besides, and of what one channel goes without', () => {
    const location = { name: 'کافه نادری' }
    const without = { firstComment: null, assets: [], parts: [], location: null }
    const targets = [{ channelId: 'ch_1', variant: without }, ...approved.said.targets.slice(1)]
    const after = { ...approved, said: { ...approved.said, location, targets } }
    const { content } = changesSince(approved, after)
    expect(content.map(({ what, field, channelId }) => [what, field, channelId])).toEqual([
      ['extra', 'location', null],
      ['without', 'firstComment', 'ch_1'],
      ['without', 'assets', 'ch_1'],
      ['without', 'parts', 'ch_1'],
      ['without', 'location', 'ch_1'],
    ])
    expect(changesSince(after, approved).content).toHaveLength(5)
  })

  it('tells of channels and of the time', () => {
    const { channels, time } = changesSince(approved, {
      said: { ...approved.said, targets: [{ channelId: 'ch_1' }, { channelId: 'ch_3' }] },
      schedule: schedule('2026-11-23T17:00:00Z'),
    })
    expect(channels).toEqual({ added: ['ch_3'], removed: ['ch_2'] })
    expect(time).toMatchObject({ before: { dueAt: '2026-11-22T17:00:00Z' } })
  })
})
