import { describe, expect, it } from '@jest/globals'
import { compare, type GoalRun } from './compare.ts'
import type { Cost, Figure } from './read-figures.ts'

const rate: Figure = {
  measure: 'posts/s ÷ a bare loop',
  label: 'posts/s',
  unit: 'posts/s',
  value: 0,
  isMoreBetter: true,
}
const time: Figure = { ...rate, unit: 'ms', isMoreBetter: false }
const costing = (services: number, postgres: number): Cost => ({ per: 'post', services, postgres })

/** Runs in the order new, old, old, new. */
const runsOf = (figure: Figure, values: number[], costs: (Cost | undefined)[] = []): GoalRun[] =>
  values.map((value, at) => {
    const cost = costs[at]
    return {
      figures: [{ ...figure, value, ...(cost && { cost }) }],
      programs: { publishing: at + 1, postgres: 1 },
    }
  })

const compared = (runs: GoalRun[], goal = 'G3') => compare(goal, rate.measure, runs)

describe('compare', () => {
  it('divides a rate new by old, and a time old by new: more is better in both', () => {
    expect(compared(runsOf(rate, [200, 100, 100, 200]))?.newOld.median).toBe(2)
    expect(compared(runsOf(time, [100, 200, 200, 100]))?.newOld.median).toBe(2)
    expect(compared(runsOf(time, [200, 100, 100, 200]))?.newOld.median).toBe(0.5)
  })

  it('tells the quartiles of all pairs, and the median of each side', () => {
    const found = compared(runsOf(rate, [100, 100, 100, 200, 300, 100, 100, 400]))
    expect(found?.newOld).toEqual({ median: 2.5, quartiles: [1.75, 3.25] })
    expect(found).toMatchObject({ new: 250, old: 100 })
  })

  it.each([
    [100, false],
    [105, false],
    [106, true],
    [94, true],
  ])('calls a day noisy where the old commit differs from itself: 100 and %d', (other, isNoisy) => {
    expect(compared(runsOf(rate, [100, other, 100, 100]))?.isNoisy).toBe(isNoisy)
  })

  it('compares the processor seconds that both report, services and PostgreSQL together', () => {
    const [dear, cheap] = [costing(0.002, 0.002), costing(0.001, 0.001)]
    const found = compared(runsOf(rate, [9, 5, 8, 3], [cheap, dear, dear, cheap]))
    expect(found?.processor).toMatchObject({ isReported: true, new: cheap, old: dear })
    expect(found?.processor?.newOld.median).toBe(2)
    expect(found?.processor?.oldOld.median).toBe(1)
  })

  it('compares what was seen from outside where one of them reports nothing', () => {
    const found = compared(runsOf(rate, [9, 5, 8, 3], [costing(1, 1), undefined]))
    // Publishing took 1, 2, 3 and 4 seconds, PostgreSQL 1 in each run.
    expect(found?.processor).toMatchObject({ isReported: false, newOld: { median: 1.15 } })
    expect(found?.processor?.oldOld.median).toBeCloseTo(4 / 3)
  })

  it('knows no processor time that would say something of memory', () => {
    const memory = { ...rate, unit: 'MB', isMoreBetter: false }
    expect(compared(runsOf(memory, [100, 120, 100, 90]), 'G13')).not.toHaveProperty('processor')
  })

  it('has nothing to tell where a run lacks the measure, and no quotient of what is not above 0', () => {
    const runs = runsOf(rate, [1, 1, 1, 1])
    expect(compare('G3', 'another', runs)).toBeUndefined()
    expect(compared([...runs.slice(1), { figures: [], programs: {} }])).toBeUndefined()
    expect(compared(runsOf(time, [0, 1, -1, 1]))?.newOld.median).toBeNaN()
  })
})
