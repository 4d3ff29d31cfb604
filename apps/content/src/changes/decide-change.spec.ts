import { emptyContent, type PublicationState } from '@hamava/contracts'
import { describe, expect, it } from '@jest/globals'
import type { PostRow } from '../posts/post.entity.ts'
import type { PostPublicationRow } from '../posts/post-publication.entity.ts'
import { decideCancel, decideEdit, decideSchedule, type PostBefore } from './decide-change.ts'

const schedule = (dueAt: string) => ({
  kind: 'at' as const,
  local: '2030-01-01T09:00',
  zone: 'UTC',
  dueAt,
  adjusted: null,
})
const nine = schedule('2030-01-01T09:00:00.000Z')
const ten = schedule('2030-01-01T10:00:00.000Z')

const before = (
  facts: Partial<PostRow>,
  states: Record<string, PublicationState> = {},
): PostBefore => ({
  row: {
    content: { ...emptyContent, targets: Object.keys(states).map((channelId) => ({ channelId })) },
    campaignId: null,
    tags: [],
    state: 'approved',
    schedule: nine,
    review: null,
    ...facts,
  } as PostRow,
  publications: Object.entries(states).map(
    ([channelId, state]) => ({ id: `of ${channelId}`, channelId, state }) as PostPublicationRow,
  ),
})
const edit = (post: PostBefore, facts: Partial<Parameters<typeof decideEdit>[1]> = {}) =>
  decideEdit(post, {
    content: post.row.content,
    labels: { campaignId: null, tags: [] },
    contentChanged: true,
    schedule: undefined,
    needsApproval: false,
    networkOf: new Map(),
    ...facts,
  })
const to = (...channelIds: string[]) => ({
  ...emptyContent,
  targets: channelIds.map((channelId) => ({ channelId })),
})

describe('a change of a post', () => {
  it('plans its channels again at their own times, where only words are new', () => {
    const decision = edit(before({}, { a: 'planned', b: 'published', c: 'failed' }))
    expect(decision).toMatchObject({
      kept: ['of a', 'of c'],
      keepsTime: true,
      dropped: [],
      minted: [],
    })
  })

  it('takes back the channels that it leaves, and plans those that are new', () => {
    const post = before({}, { a: 'planned', b: 'planned' })
    const decision = edit(post, { content: to('b', 'c') })
    expect([decision.kept, decision.dropped]).toEqual([['of b'], ['of a']])
    expect(decision.minted.map(({ channelId }) => channelId)).toEqual(['c'])
  })

  it('is for another time only where the time is another', () => {
    const post = before({}, { a: 'planned' })
    expect(edit(post, { schedule: { ...nine } }).keepsTime).toBe(true)
    expect(edit(post, { schedule: ten })).toMatchObject({
      keepsTime: false,
      becomes: { schedule: ten },
    })
    const moved = decideSchedule(post, {
      schedule: nine,
      needsApproval: false,
      networkOf: new Map(),
    })
    expect(moved.keepsTime).toBe(false)
  })

  it('has to be approved again under a policy where the words are others', () => {
    const post = before({ review: { by: 'x' } as never }, { a: 'planned' })
    expect(edit(post, { needsApproval: true }).becomes).toMatchObject({
      state: 'in_review',
      review: null,
    })
    const other = edit(post, { needsApproval: true, contentChanged: false, schedule: ten })
    expect(other.becomes.state).toBe('approved')
  })

  it('without a time takes back what has not left', () => {
    const post = before({ state: 'in_review' }, { a: 'planned', b: 'published' })
    const decision = edit(post, { schedule: null, contentChanged: false })
    expect(decision).toMatchObject({
      dropped: ['of a'],
      becomes: { schedule: null, state: 'draft' },
    })
  })

  it('is too late when all has left, and nothing where nothing was', () => {
    const gone = before({}, { a: 'published' })
    expect(() => edit(gone)).toThrow(expect.objectContaining({ code: 'too_late' }))
    expect(() => decideCancel(gone)).toThrow(expect.objectContaining({ code: 'too_late' }))
    expect(() => decideCancel(before({}, { a: 'cancelled' }))).toThrow(
      expect.objectContaining({ code: 'nothing_to_cancel' }),
    )
  })

  it('leaves closed what somebody closed, unless all goes out once more', () => {
    const post = before({}, { a: 'cancelled', b: 'planned' })
    Object.assign(post.publications[0] ?? {}, { isClosed: true })
    expect(edit(post).minted).toEqual([])
    const all = before({}, { a: 'cancelled' })
    Object.assign(all.publications[0] ?? {}, { isClosed: true })
    expect(edit(all, { schedule: ten }).minted).toMatchObject([{ channelId: 'a' }])
  })
})
