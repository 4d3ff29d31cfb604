import { describe, expect, it } from '@jest/globals'
import { PublicationRow } from './publication.entity.ts'
import { enterState } from './transition.ts'

const aRow = (facts: Partial<PublicationRow>) =>
  Object.assign(new PublicationRow(), { pendingState: null, prepared: null, ...facts })

describe('entering a state', () => {
  it('is refused where the lifecycle has no way', () => {
    for (const state of ['published', 'cancelled'] as const)
      expect(() => enterState(aRow({ state }), { state: 'planned' })).toThrow('cannot go')
    expect(() => enterState(aRow({ state: 'sending' }), { state: 'cancelled' })).toThrow()
  })

  it('clears what belonged to the former state', () => {
    const held = aRow({
      state: 'held',
      holdId: 'hold_1',
      stuckSince: new Date(),
      leaseOwner: 'gone',
      leaseUntil: new Date(),
    })
    enterState(held, { state: 'planned', reason: null })
    expect(held).toMatchObject({
      state: 'planned',
      holdId: null,
      stuckSince: null,
      leaseOwner: null,
      leaseUntil: null,
    })
  })

  it('keeps its hold while it is held, and its risks while it is planned', () => {
    const row = aRow({ state: 'held', holdId: 'hold_1', risks: ['channel_held'] as never })
    enterState(row, { state: 'held', dueAt: new Date(1) })
    expect(row).toMatchObject({ holdId: 'hold_1', risks: ['channel_held'] })
    enterState(row, { state: 'missed' })
    expect(row).toMatchObject({ holdId: null, risks: [] })
  })

  it('keeps at hand what the network has taken, when it is planned again', () => {
    const pendingState = {
      state: 'upload',
      since: '2026-11-28T00:00:00Z',
      stage: 'preparing' as const,
    }
    const row = aRow({ state: 'pending', pendingState, snapshotHash: 'h' } as never)
    enterState(row, { state: 'planned' })
    expect(row.pendingState).toBeNull()
    expect(row.prepared).toMatchObject({ snapshotHash: 'h', state: 'upload' })
  })
})
