import { describe, expect, it } from '@jest/globals'
import { diffWords } from './diff-words.ts'

const sides = (before: string, after: string) => {
  const runs = diffWords(before, after)
  const without = (kind: string) =>
    runs
      .filter((run) => run.kind !== kind)
      .map(({ text }) => text)
      .join('')
  return { runs, before: without('added'), after: without('removed') }
}

describe('the difference of two texts', () => {
  it.each([
    ['سلام دنیا', 'سلام ای دنیا'],
    ['one two three', 'three two one'],
    ['', 'something new'],
    ['gone', ''],
    ['a  b\nc', 'a b\n\nc d'],
  ])('holds both, whole: %j and %j', (before, after) => {
    const found = sides(before, after)
    expect(found.before).toBe(before)
    expect(found.after).toBe(after)
  })

  it('names what was added and nothing else', () => {
    expect(diffWords('سلام دنیا', 'سلام ای دنیا')).toEqual([
      { kind: 'same', text: 'سلام ' },
      { kind: 'added', text: 'ای ' },
      { kind: 'same', text: 'دنیا' },
    ])
  })

  it('is one run where nothing changed', () => {
    expect(diffWords('the same', 'the same')).toEqual([{ kind: 'same', text: 'the same' }])
  })
})
