import { describe, expect, it } from '@jest/globals'
import { readOptions } from './options.ts'

describe('readOptions', () => {
  it('reads goals and the commit they are compared with', () => {
    expect(readOptions(['g3', 'G8', '--quick', '--against', 'HEAD~1', '--rounds=2'])).toEqual({
      goals: ['G3', 'G8'],
      quick: true,
      write: false,
      profile: false,
      against: 'HEAD~1',
      rounds: 2,
    })
  })

  it.each([
    [['--against', 'HEAD~1', '--write']],
    [['--against', 'HEAD~1', '--profile']],
    [['--rounds', '2']],
    [['--rounds', 'many', '--against', 'HEAD~1']],
    [['--against']],
  ])('refuses %p', (args) => {
    expect(readOptions(args)).toHaveProperty('problem')
  })
})
