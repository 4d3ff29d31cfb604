import { describe, expect, it } from '@jest/globals'
import { faults } from '../faults/index.ts'
import type { Violation } from '../report/violation.ts'
import { foundFaults } from './found-faults.ts'
import { drawFaults } from './plant-faults.ts'

const fault = faults.find(({ id }) => id === 'rights/post-list')
const violation = (what: string): Violation => ({
  oracle: 'rights',
  what,
  operation: 'listPosts',
  caller: 'key kept to a channel',
  number: 1,
  curl: '',
  answered: '',
  twists: [],
})

describe('the faults that are planted', () => {
  it('are drawn by the seed, and can all be planted at once', () => {
    const drawn = drawFaults(faults, 1, 20)
    expect(drawn).toHaveLength(20)
    expect(drawFaults(faults, 1, 20)).toEqual(drawn)
    expect(drawFaults(faults, 2, 20)).not.toEqual(drawn)
    for (const { id, file, find } of drawn) {
      const others = drawn.filter((one) => one.id !== id && one.file === file)
      expect(others.some((one) => one.find.includes(find))).toBe(false)
    }
  })

  it('are found by what was not there before, and by that alone', () => {
    if (!fault) throw new Error('no such fault')
    const leak = violation('tells of a post of hidden channels or another workspace')
    const found = (before: Violation[], after: Violation[]) =>
      foundFaults([fault], before, after).judged[0]?.shownBy
    expect(found([], [leak])).toBe(leak)
    expect(found([leak], [leak])).toBeUndefined()
    expect(found([], [violation('gives scopes that the giver has not')])).toBeUndefined()
  })
})
