import { describe, expect, it } from '@jest/globals'
import { sinceApproval } from './approvals-of.ts'

const since = (...actions: string[]) =>
  sinceApproval(actions.map((action) => ({ action }))).map(({ action }) => action)

describe('what an approval does not cover', () => {
  it('is what came after it', () => {
    expect(since('created', 'edited')).toEqual(['created', 'edited'])
    expect(since('created', 'approved')).toEqual([])
    expect(since('created', 'approved', 'edited')).toEqual(['edited'])
  })

  it('is what came after the one before, where the last was taken back', () => {
    const withdrawn = ['approved', 'approval_withdrawn']
    expect(since('created', ...withdrawn)).toEqual(['created', ...withdrawn])
    expect(since('created', 'approved', 'edited', ...withdrawn)).toEqual(['edited', ...withdrawn])
    expect(since('created', ...withdrawn, 'approved')).toEqual([])
  })
})
