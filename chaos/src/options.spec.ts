import { expect, it } from '@jest/globals'
import { readOptions } from './options.ts'

it('reads what is said and fills in the rest', () => {
  expect(readOptions(['--publications', '200', '--minutes=0.5', '--keep'])).toEqual({
    publications: 200,
    minutes: 0.5,
    seed: 7,
    publishers: 3,
    json: undefined,
    keep: true,
  })
})

it.each([
  [['--publications', '3'], /--publications takes a whole number from 60 to 200000, not 3\./],
  [['--minutes', 'long'], /--minutes takes a number from 0\.3 to 120, not long\./],
  [['--seed', '1.5'], /--seed takes a whole number/],
  [['--publishers', ''], /--publishers takes a whole number from 1 to 16/],
  [['--loud'], /--loud/],
])('says what is wrong with %j', (args, problem) => {
  expect(readOptions(args)).toEqual({ problem: expect.stringMatching(problem) })
})
