import { describe, expect, it } from '@jest/globals'
import { judge } from '../report/judge.ts'
import type { Finding } from '../scenario.ts'
import { readFigures } from './read-figures.ts'

const read = (...findings: Finding[]) => readFigures(findings.map(judge))

const ratio: Finding = {
  measure: 'posts/s ÷ a bare undici loop',
  unit: '×',
  rounds: [0.08, 0.09, 0.1],
  atLeast: 0.6,
  scale: '1592 ÷ 18815 posts/s',
}

describe('readFigures', () => {
  it('reads the absolute figure and the cost of a unit where they are reported', () => {
    const own = { unit: 'posts/s', rounds: [1500, 1700, 1600] }
    const processor = { per: 'post', services: [3, 1, 2], postgres: [4, 4, 5] }
    expect(read({ ...ratio, own, processor })).toEqual([
      {
        measure: ratio.measure,
        label: 'posts/s',
        unit: 'posts/s',
        value: 1600,
        isMoreBetter: true,
        cost: { per: 'post', services: 2, postgres: 4 },
      },
    ])
  })

  it.each([
    ['1592 ÷ 18815 posts/s', 1592, 'posts/s'],
    ['566 ÷ 2 × 291 posts/s', 566, 'posts/s'],
    ['20535 ÷ 62089 a second', 20535, 'a second'],
    ['14.2 ÷ 14.3 ms', 14.2, 'ms'],
  ])('reads it from the words of an older bench: %s', (scale, value, unit) => {
    expect(read({ ...ratio, scale })).toMatchObject([{ value, unit }])
  })

  it('knows of which figures more is better', () => {
    const isMoreBetter = (finding: Partial<Finding>) =>
      read({ measure: 'it', unit: 'ms', rounds: [1], ...finding })[0]?.isMoreBetter
    expect(isMoreBetter({ atMost: 25 })).toBe(false)
    expect(isMoreBetter({})).toBe(false)
    expect(isMoreBetter({ unit: '×', scale: '2454 ÷ 6116 posts' })).toBe(true)
    expect(isMoreBetter({ unit: '×', scale: '14.2 ÷ 1.8 ms', atMost: 1.5 })).toBe(false)
    expect(isMoreBetter({ unit: '×', atLeast: 0.9 })).toBe(true)
  })

  it('leaves out how costs grow, and takes a figure once that is divided by several peers', () => {
    const slope: Finding = { measure: 'growth', unit: 'slope', rounds: [0.03] }
    const other = { ...ratio, measure: 'posts/s ÷ pg-boss' }
    expect(read(slope, ratio, other)).toHaveLength(1)
  })

  it('tells two figures apart that differ in what they are divided by alone', () => {
    const [unsynced, synced] = ['events/s ÷ bare js.publish', 'events/s ÷ bare js.publish, synced']
    const figures = read(
      { ...ratio, measure: unsynced, scale: '19763 ÷ 17483 events/s' },
      { ...ratio, measure: synced, scale: '3574 ÷ 3712 events/s' },
    )
    expect(figures.map(({ label }) => label)).toEqual([unsynced, synced])
  })
})
