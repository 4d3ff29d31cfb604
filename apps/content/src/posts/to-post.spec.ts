import type { PublicationState } from '@hamava/contracts'
import { describe, expect, it } from '@jest/globals'
import { progressOf } from './to-post.ts'

describe('the progress of a post', () => {
  const cases: [string, PublicationState[]][] = [
    ['unscheduled', []],
    ['scheduled', ['planned', 'sending', 'pending']],
    ['partly_published', ['published', 'planned']],
    ['published', ['published', 'published']],
    ['published', ['published', 'cancelled']],
    ['cancelled', ['cancelled', 'cancelled']],
    ['needs_attention', ['published', 'failed']],
    ['needs_attention', ['planned', 'unconfirmed']],
    ['needs_attention', ['missed']],
    ['needs_attention', ['held', 'planned']],
  ]
  it.each(cases)('is %s for %j', (progress, states) => {
    expect(progressOf(states.map((state) => ({ state })))).toBe(progress)
  })
})
