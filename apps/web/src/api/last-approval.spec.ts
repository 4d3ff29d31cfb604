import { describe, expect, it } from '@jest/globals'
import { lastApproval } from './last-approval.ts'

describe('the approval that stands', () => {
  const last = async (...actions: string[]) => {
    const oldestFirst = actions.map((action, version) => ({ action, version }))
    return (await lastApproval(oldestFirst.toReversed()))?.version
  }

  it('is the last that nobody has taken back', async () => {
    expect(await last('created', 'approved', 'edited')).toBe(1)
    expect(await last('approved', 'edited', 'approved', 'approval_withdrawn')).toBe(0)
    expect(await last('created', 'approved', 'approval_withdrawn')).toBeUndefined()
  })
})
