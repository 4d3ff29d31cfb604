import { describe, expect, it } from '@jest/globals'
import { fieldChanges } from './field-changes.ts'

describe('the changes between two states', () => {
  it('are the fields that differ, and no others', () => {
    const before = { text: 'یک', tags: ['a'], firstComment: null, targets: [{ channelId: 'ch_1' }] }
    const after = {
      text: 'دو',
      tags: ['a', 'b'],
      firstComment: null,
      targets: [{ channelId: 'ch_0' }, { channelId: 'ch_1', variant: { text: 'سه' } }],
    }
    expect(fieldChanges(before, after)).toEqual({
      changes: [
        { field: 'text', old: 'یک', new: 'دو' },
        { field: 'tags/1', old: null, new: 'b' },
        { field: 'targets/ch_1/variant/text', old: null, new: 'سه' },
        { field: 'targets/ch_0/channelId', old: null, new: 'ch_0' },
      ],
      more: 0,
    })
    expect(fieldChanges(after, structuredClone(after))).toEqual({ changes: [], more: 0 })
  })

  it('tell of a beginning and an end', () => {
    expect(fieldChanges(null, { state: 'draft' }).changes).toEqual([
      { field: 'state', old: null, new: 'draft' },
    ])
    expect(fieldChanges({ state: 'draft' }, null).changes).toEqual([
      { field: 'state', old: 'draft', new: null },
    ])
  })

  it('are of a long text only what is between its common ends, in whole characters', () => {
    const [begin, end] = ['👩🏽‍💻'.repeat(50_000), 'ی'.repeat(50_000)]
    const { changes } = fieldChanges({ text: `${begin}😀${end}` }, { text: `${begin}😁!${end}` })
    expect(changes).toEqual([{ field: 'text', old: '😀', new: '😁!', at: begin.length }])
  })

  it('stay small whatever was changed', () => {
    const parts = (letter: string) =>
      Array.from({ length: 50 }, () => ({ text: letter.repeat(100_000) }))
    const found = fieldChanges({ parts: parts('ا') }, { parts: parts('😀') })
    expect(found.changes.every(({ cut }) => cut)).toBe(true)
    expect(found.changes.length + found.more).toBe(50)
    expect(found.more).toBeGreaterThan(0)
    const json = JSON.stringify(found)
    expect(json.isWellFormed()).toBe(true)
    expect(Buffer.byteLength(json)).toBeLessThan(21_000)
    const targets = Array.from({ length: 200 }, (_, at) => ({ channelId: `ch_${at}` }))
    expect(fieldChanges({ targets: [] }, { targets }).changes).toHaveLength(200)
  })
})
