import { describe, expect, it } from '@jest/globals'
import { aPost } from '../draft/a-post.ts'
import { type Draft, draftOf, withOwn, withPart } from '../draft/draft.ts'
import { differences, rebase, theirChanges } from './differences.ts'

const fallback = { local: '2026-11-22T20:30', zone: 'Asia/Tehran' }
const base = aPost('آغاز')
const opened = draftOf(base, fallback)
const writing = (text: string, draft: Draft = opened) =>
  withPart(draft, draft.parts[0].key, { text })
const image = [{ id: 'ast_1', alt: 'گربه' }]

describe('a newer version of a post', () => {
  it('is taken over where nothing was written here', () => {
    const newer = aPost('از او', { version: 2 })
    const met = rebase({ base, draft: opened, theirs: null }, newer)
    expect(met).toMatchObject({ base: newer, theirs: null })
    expect(met.draft.parts[0].text).toBe('از او')
  })

  it('leaves what was written here, where others have changed nothing of it', () => {
    const newer = aPost('آغاز', { version: 2, state: 'approved' })
    const draft = writing('از من')
    expect(rebase({ base, draft, theirs: null }, newer)).toEqual({
      base: newer,
      draft,
      theirs: null,
    })
  })

  it('keeps a time that was only chosen here', () => {
    const draft = { ...opened, when: 'at' as const }
    const met = rebase({ base, draft, theirs: null }, aPost('از او', { version: 2 }))
    expect(met.theirs).toBeNull()
    expect(met.draft).toMatchObject({ when: 'at', parts: [{ text: 'از او' }] })
  })

  it('is put before a person where both have changed something, whatever it is', () => {
    const newer = aPost('آغاز', { version: 2, assets: image })
    const draft = writing('از من')
    expect(rebase({ base, draft, theirs: null }, newer)).toEqual({ base, draft, theirs: newer })
    const asked = theirChanges(opened, draft, draftOf(newer, draft))
    expect(asked.map(({ id }) => id)).toEqual(['images'])
  })

  it('is our own when it says what is written here: its answer was lost', () => {
    const newer = aPost('از من', { version: 2 })
    const met = rebase({ base, draft: writing('از من'), theirs: null }, newer)
    expect(met).toMatchObject({ base: newer, theirs: null })
  })
})

describe('the differences of two drafts', () => {
  const other: Draft = {
    ...withOwn(writing('دیگر'), 'ch_1', { text: 'ویژه' }),
    firstComment: 'پیوند',
    channelIds: ['ch_1'],
    when: 'at',
  }

  it('are told field by field', () => {
    const changed = aPost('دیگر', { assets: image, parts: [{ text: 'دو' }] })
    const ids = differences(opened, { ...other, parts: draftOf(changed, fallback).parts })
    expect(ids.map(({ id }) => id)).toEqual([
      'text',
      'images',
      'thread',
      'firstComment',
      'channels',
      'time',
      'variant/ch_1',
    ])
  })

  it('are none where only the order of what is set is another', () => {
    const one = withOwn(opened, 'ch_1', { settings: { spoilerText: 'a', visibility: 'private' } })
    const same = withOwn(opened, 'ch_1', { settings: { visibility: 'private', spoilerText: 'a' } })
    expect(differences(one, same)).toEqual([])
    const place = { name: 'قم', latitude: 34.64, longitude: 50.87 }
    const turned = { longitude: 50.87, latitude: 34.64, name: 'قم' }
    expect(
      differences(
        { ...opened, extras: { location: place } },
        { ...opened, extras: { location: turned } },
      ),
    ).toEqual([])
  })

  it('can be taken over one by one, until none is left', () => {
    const taken = differences(opened, other).reduce((draft, field) => {
      const next = field.take(draft, other)
      expect(differences(draft, other)).toHaveLength(differences(next, other).length + 1)
      return next
    }, opened)
    expect(differences(taken, other)).toEqual([])
  })

  it('can stay side by side where that makes sense', () => {
    const theirs = draftOf(aPost('از او', { assets: image }), fallback)
    const [text, images] = differences(theirs, writing('از من'))
    expect(text?.both?.(theirs, writing('از من')).parts[0].text).toBe('از او\n\nاز من')
    expect(images?.both?.(theirs, writing('از من')).parts[0].uses).toMatchObject(image)
  })
})
