import { describe, expect, it } from '@jest/globals'
import {
  emptyDraft,
  isEmpty,
  newPart,
  saidIn,
  scheduleIn,
  textFor,
  withOwn,
  withPart,
} from './draft.ts'

const draft = () => ({
  ...emptyDraft('2026-11-22T20:30', 'Asia/Tehran'),
  channelIds: ['ch_1', 'ch_2'],
})

describe('a draft', () => {
  it('is empty until something is said', () => {
    const fresh = draft()
    expect(isEmpty(fresh)).toBe(true)
    expect(isEmpty(withPart(fresh, fresh.parts[0].key, { text: 'سلام' }))).toBe(false)
  })

  it('says the original everywhere but where it has a text of its own', () => {
    const fresh = draft()
    const written = withOwn(withPart(fresh, fresh.parts[0].key, { text: 'همه' }), 'ch_2', 'یکی')
    expect(textFor(written, 'ch_1')).toBe('همه')
    expect(textFor(written, 'ch_2')).toBe('یکی')
    const { targets } = saidIn(written)
    expect(targets).toEqual([
      { channelId: 'ch_1' },
      { channelId: 'ch_2', variant: { text: 'یکی' } },
    ])
    expect(saidIn(withOwn(written, 'ch_2', null)).targets[1]).toEqual({ channelId: 'ch_2' })
  })

  it('leaves a text of its own alone when the original changes', () => {
    const fresh = withOwn(draft(), 'ch_2', 'یکی')
    expect(textFor(withPart(fresh, fresh.parts[0].key, { text: 'تازه' }), 'ch_2')).toBe('یکی')
  })

  it('sends a thread as parts, and an empty first comment not at all', () => {
    const [first] = draft().parts
    const said = saidIn({ ...draft(), parts: [first, newPart('دوم')], firstComment: '  ' })
    expect(said.parts).toEqual([{ text: 'دوم', assets: [] }])
    expect(said.firstComment).toBeNull()
  })

  it('has a time, is for now, or has none', () => {
    expect(scheduleIn(draft())).toEqual({ local: '2026-11-22T20:30', zone: 'Asia/Tehran' })
    expect(scheduleIn({ ...draft(), when: 'now' })).toEqual({ now: true })
    expect(scheduleIn({ ...draft(), when: 'draft' })).toBeUndefined()
  })
})
