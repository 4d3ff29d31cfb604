import { describe, expect, it } from '@jest/globals'
import { aPost } from './a-post.ts'
import {
  contentFor,
  contentOfDraft,
  type Draft,
  draftOf,
  emptyDraft,
  hasSameContent,
  isEmpty,
  isForTheSameTime,
  newPart,
  scheduleIn,
  withChannels,
  withOwn,
  withPart,
} from './draft.ts'

const post = aPost('')
const draft = () => ({
  ...emptyDraft('2026-11-22T20:30', 'Asia/Tehran'),
  channelIds: ['ch_1', 'ch_2'],
})

const textOn = (written: Draft, id: string) => contentFor(written, id).text

describe('a draft', () => {
  it('is empty until something is said', () => {
    const fresh = draft()
    expect(isEmpty(fresh)).toBe(true)
    expect(isEmpty(withPart(fresh, fresh.parts[0].key, { text: 'سلام' }))).toBe(false)
  })

  it('is begun by whatever it says, and not by what was only opened', () => {
    const channelId = 'ch_2'
    expect(isEmpty({ ...draft(), extras: { location: { name: ' ' } } })).toBe(true)
    expect(isEmpty({ ...draft(), extras: { location: { name: 'قم' } } })).toBe(false)
    expect(isEmpty(withOwn(draft(), channelId, { settings: { poll: {} } }))).toBe(false)
    const opened = contentOfDraft({ ...draft(), extras: { location: { name: '' } } })
    expect(opened.location).toBeNull()
    // As it is written: the server keeps it so, or the two would never agree.
    const named = contentOfDraft({ ...draft(), extras: { location: { name: 'تهران ' } } })
    expect(named.location).toEqual({ name: 'تهران ' })
  })

  it('says the original everywhere but where it has a text of its own', () => {
    const fresh = draft()
    const written = withOwn(withPart(fresh, fresh.parts[0].key, { text: 'همه' }), 'ch_2', {
      text: 'یکی',
    })
    expect(textOn(written, 'ch_1')).toBe('همه')
    expect(textOn(written, 'ch_2')).toBe('یکی')
    const { targets } = contentOfDraft(written)
    expect(targets).toEqual([
      { channelId: 'ch_1' },
      { channelId: 'ch_2', variant: { text: 'یکی' } },
    ])
    expect(contentOfDraft(withOwn(written, 'ch_2', { text: undefined })).targets[1]).toEqual({
      channelId: 'ch_2',
    })
  })

  it('leaves a text of its own alone when the original changes', () => {
    const fresh = withOwn(draft(), 'ch_2', { text: 'یکی' })
    expect(textOn(withPart(fresh, fresh.parts[0].key, { text: 'تازه' }), 'ch_2')).toBe('یکی')
  })

  it('carries what a variant says that is not edited here', () => {
    const variant = {
      text: 'یکی',
      assets: [{ id: 'ast_1', alt: 'گربه' }],
      settings: { visibility: 'unlisted' },
    }
    const found = { ...post, targets: [{ channelId: 'ch_1', variant }] }
    const opened = draftOf(found, draft())
    const edited = withOwn(opened, 'ch_1', { text: 'دیگر', firstComment: null })
    expect(contentOfDraft(edited).targets[0]?.variant).toEqual({
      ...variant,
      text: 'دیگر',
      firstComment: null,
    })
    const back = withOwn(edited, 'ch_1', { text: undefined, firstComment: undefined })
    expect(contentOfDraft(back).targets[0]?.variant).toEqual({
      assets: variant.assets,
      settings: variant.settings,
    })
    expect(contentFor(back, 'ch_1').assets).toMatchObject([{ id: 'ast_1' }])
  })

  it('says the same whichever way its variants were written', () => {
    const one = withOwn(withOwn(draft(), 'ch_1', { text: 'الف' }), 'ch_1', { firstComment: 'ب' })
    const other = withOwn(withOwn(draft(), 'ch_1', { firstComment: 'ب' }), 'ch_1', { text: 'الف' })
    expect(hasSameContent(one, other)).toBe(true)
  })

  it('does not go to channels that are gone', () => {
    expect(withChannels(draft(), [{ id: 'ch_2' }]).channelIds).toEqual(['ch_2'])
    expect(withChannels(draft(), undefined).channelIds).toEqual(['ch_1', 'ch_2'])
  })

  it('is for the same time only at the same time', () => {
    const at = draft()
    expect(isForTheSameTime(at, { ...at })).toBe(true)
    expect(isForTheSameTime(at, { ...at, local: '2026-11-22T20:31' })).toBe(false)
    expect(isForTheSameTime({ ...at, when: 'now' }, { ...at, when: 'now' })).toBe(false)
    const apart = { ...at, when: 'draft' as const }
    expect(isForTheSameTime(apart, { ...apart, local: '2030-01-01T00:00' })).toBe(true)
  })

  it('sends a thread as parts, and an empty first comment not at all', () => {
    const [first] = draft().parts
    const said = contentOfDraft({ ...draft(), parts: [first, newPart('دوم')], firstComment: '  ' })
    expect(said.parts).toEqual([{ text: 'دوم', assets: [] }])
    expect(said.firstComment).toBeNull()
  })

  it('has a time, is for now, or has none', () => {
    expect(scheduleIn(draft())).toEqual({ local: '2026-11-22T20:30', zone: 'Asia/Tehran' })
    expect(scheduleIn({ ...draft(), when: 'now' })).toEqual({ now: true })
    expect(scheduleIn({ ...draft(), when: 'draft' })).toBeUndefined()
  })
})
