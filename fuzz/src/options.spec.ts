import { describe, expect, it } from '@jest/globals'
import { readOptions } from './options.ts'

describe('the command line', () => {
  it('has something for everything that is not said', () => {
    expect(readOptions([])).toEqual({ seed: 7, requests: 10_000, lanes: 4 })
  })

  it('asks a running system with one key in one lane', () => {
    const words = ['--url', 'http://127.0.0.1:4000', '--key', 'hmv_x', '--requests', '300']
    expect(readOptions(words)).toMatchObject({ key: 'hmv_x', requests: 300, lanes: 1 })
  })

  it.each([
    [['--url', 'http://127.0.0.1:4000'], '--url goes with --key.'],
    [['--url', 'x', '--key', 'y', '--break', '3'], '--url goes with neither'],
    [['--requests', '0'], '--requests takes a whole number'],
    [['--seed', '1e400'], '--seed takes a whole number'],
    [['--nonsense'], "Unknown option '--nonsense'"],
  ])('refuses %j', (words, problem) => {
    expect(readOptions(words)).toEqual({ problem: expect.stringContaining(problem) })
  })
})
