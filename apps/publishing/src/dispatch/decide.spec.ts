import type { Outcome } from '@hamava/networks'
import { describe, expect, it } from '@jest/globals'
import { decide } from './decide.ts'

const reason = { code: 'x', message: { en: 'x', fa: 'x' }, fix: { en: 'x', fa: 'x' } }
const now = new Date('2027-03-21T06:00:00Z')
const dueAt = new Date('2027-03-21T05:59:59Z')
const startedAt = new Date('2027-03-21T05:59:59.250Z')
const row = {
  failures: 0,
  part: 0,
  partCount: 1,
  liveParts: [],
  dueAt,
  pendingState: null,
  network: 'sandbox',
}
const given = { now, startedAt, isInDoubt: false }
const inDoubt = { ...given, isInDoubt: true }
const published: Outcome = { kind: 'published', id: 'p1', permalink: null, ref: { id: 'p1' } }
const until = new Date('2027-03-21T07:00:00Z')

describe('what follows from an outcome', () => {
  it.each<[Outcome, string, string]>([
    [published, 'published', 'published'],
    [{ kind: 'pending', state: 1, checkAfterMs: 10 }, 'pending', 'pending'],
    [{ kind: 'rate_limited', until, reason }, 'planned', 'sending'],
    [{ kind: 'temporary', reason }, 'planned', 'sending'],
    [{ kind: 'rejected', reason }, 'failed', 'unconfirmed'],
    [{ kind: 'duplicate', reason }, 'sending', 'sending'],
    [{ kind: 'reconnect', reason }, 'held', 'sending'],
    [{ kind: 'unknown_outcome', reason }, 'sending', 'sending'],
  ])('%j leads to %s, and to %s while an earlier request is in doubt', (outcome, sure, unsure) => {
    expect(decide(outcome, row, given).state).toBe(sure)
    expect(decide(outcome, row, inDoubt).state).toBe(unsure)
  })

  it('counts lateness from the due time to the first request', () => {
    expect(decide(published, row, given)).toMatchObject({
      remoteId: 'p1',
      latenessMs: 250,
      publishedAt: now,
      risks: [],
    })
  })

  it('goes on with the next part at once', () => {
    const change = decide(published, { ...row, partCount: 2 }, given)
    expect(change).toMatchObject({ state: 'planned', part: 1, nextAttemptAt: now, remoteId: 'p1' })
    expect(change.liveParts).toHaveLength(1)
  })

  it('keeps the first id when a later part is up', () => {
    const change = decide(published, { ...row, part: 1, partCount: 2 }, given)
    expect(change).not.toHaveProperty('remoteId')
    expect(change.state).toBe('published')
  })

  it('waits until the network says, not sooner', () => {
    const change = decide({ kind: 'rate_limited', until, reason }, row, given)
    expect(change.nextAttemptAt).toEqual(until)
  })

  it('waits longer from failure to failure, and gives up in the end', () => {
    const outcome: Outcome = { kind: 'temporary', reason }
    const wait = (failures: number) =>
      Number(decide(outcome, { ...row, failures }, given).nextAttemptAt) - now.getTime()
    expect(wait(6)).toBeGreaterThan(wait(0))
    expect(decide(outcome, { ...row, failures: 11 }, given).state).toBe('failed')
  })

  it('never gives up as failed what may be live', () => {
    const change = decide({ kind: 'temporary', reason }, { ...row, failures: 50 }, inDoubt)
    expect(change.state).toBe('sending')
  })

  it('asks a person when the processing never ends', () => {
    const outcome: Outcome = { kind: 'pending', state: 1, checkAfterMs: 10 }
    const since = (iso: string) => ({ ...row, pendingState: { state: 1, since: iso } })
    expect(decide(outcome, since('2027-03-21T05:00:00Z'), given)).toMatchObject({
      state: 'pending',
      pendingState: { since: '2027-03-21T05:00:00Z' },
    })
    expect(decide(outcome, since('2027-03-21T03:00:00Z'), given).state).toBe('unconfirmed')
  })
})
