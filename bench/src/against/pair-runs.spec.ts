import { expect, it } from '@jest/globals'
import { pairRuns, turns } from './pair-runs.ts'

it('divides each new run by the old one beside it, and the two old ones by one another', () => {
  const runs = [1, 2].flatMap((round) => turns.map((side, at) => `${side} ${round}.${at}`))
  expect(pairRuns(runs)).toEqual({
    newOld: [
      ['new 1.0', 'old 1.1'],
      ['new 1.3', 'old 1.2'],
      ['new 2.0', 'old 2.1'],
      ['new 2.3', 'old 2.2'],
    ],
    oldOld: [
      ['old 1.1', 'old 1.2'],
      ['old 2.1', 'old 2.2'],
    ],
  })
})

it('leaves out a round that was broken off', () => {
  expect(pairRuns(['new', 'old', 'old'])).toEqual({ newOld: [], oldOld: [] })
})
