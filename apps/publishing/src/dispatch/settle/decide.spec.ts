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
  keyTurn: 0,
}
const given = { now, startedAt, inDoubtSince: null }
const doubtBegan = new Date('2027-03-21T05:59:59.100Z')
const inDoubt = { ...given, inDoubtSince: doubtBegan }
const published: Outcome = { kind: 'published', id: 'p1', permalink: null, ref: { id: 'p1' } }
const until = new Date('2027-03-21T07:00:00Z')

describe('what follows from an outcome', () => {
  it.each<[Outcome, string, string]>([
    [published, 'published', 'published'],
    [{ kind: 'pending', stage: 'preparing', state: 1, checkAfterMs: 10 }, 'pending', 'sending'],
    [{ kind: 'rejected', reason, mayBeUp: true }, 'unconfirmed', 'unconfirmed'],
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

  it('takes another key once the network would repeat its refusal to this one, but never in doubt', () => {
    const refused: Outcome = { kind: 'temporary', reason, isKeyUsedUp: true }
    expect(decide(refused, row, given).keyTurn).toBe(1)
    expect(decide({ kind: 'temporary', reason }, row, given).keyTurn).toBe(0)
    expect(decide(refused, row, inDoubt).keyTurn).toBe(0)
    expect(decide(published, { ...row, keyTurn: 3 }, given).keyTurn).toBe(0)
  })

  it('counts lateness from the due time to the request that made it visible', () => {
    expect(decide(published, row, given)).toMatchObject({
      remoteId: 'p1',
      latenessMs: 250,
      publishedAt: now,
      risks: [],
    })
    const late = { ...given, startedAt: new Date('2027-03-21T06:01:05Z'), now: until }
    const waited = { ...row, pendingState: { state: 1, since: dueAt.toISOString() } }
    expect(decide(published, waited, late).latenessMs).toBe(66_000)
  })

  it('never calls earlier than is known what one of several requests made visible', () => {
    const late = { ...inDoubt, startedAt: new Date('2027-03-21T06:01:04Z'), now: until }
    const latenessOf = (at?: string) =>
      decide({ ...published, ...(at && { at: new Date(at) }) }, row, late).latenessMs
    expect(latenessOf()).toBe(65_000)
    expect(latenessOf('2027-03-21T05:59:59.300Z')).toBe(300)
    expect(latenessOf('2027-03-21T06:00:45Z')).toBe(46_000)
    // By clocks that are wrong.
    expect(latenessOf('2027-03-21T04:00:00Z')).toBe(100)
    expect(latenessOf('2027-03-21T09:00:00Z')).toBe(until.getTime() - dueAt.getTime())
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

  describe('while the network is processing', () => {
    const pending = (stage: 'preparing' | 'publishing'): Outcome => ({
      kind: 'pending',
      stage,
      state: 1,
      checkAfterMs: 2_000,
    })
    const since = (secondsAgo: number, stage: 'preparing' | 'publishing' = 'preparing') => ({
      ...row,
      pendingState: {
        state: 1,
        since: new Date(now.getTime() - secondsAgo * 1_000).toISOString(),
        stage,
      },
    })
    const pause = (secondsAgo: number) =>
      Number(decide(pending('preparing'), since(secondsAgo), given).nextAttemptAt) - now.getTime()

    it('asks in growing pauses, a minute at most', () => {
      expect([0, 8, 40, 120, 600, 3_600].map(pause)).toEqual([
        2_000, 2_000, 10_000, 30_000, 60_000, 60_000,
      ])
    })

    it('tells a person when it takes long, and for how long it has', () => {
      expect(decide(pending('preparing'), since(30), given).risks).toEqual([])
      const { risks } = decide(pending('preparing'), since(185), given)
      expect(risks).toMatchObject([{ code: 'processing_long' }])
      expect(risks?.[0]?.message.en).toContain('for 3 minutes; nothing of it is live yet')
    })

    it('asks a person when it never ends, and knows whether anything can be live', () => {
      expect(decide(pending('preparing'), since(3_600), given).state).toBe('pending')
      expect(decide(pending('preparing'), since(10_800), given).state).toBe('failed')
      expect(decide(pending('preparing'), since(10_800), inDoubt).state).toBe('unconfirmed')
      expect(decide(pending('publishing'), since(10_800, 'publishing'), given).state).toBe(
        'unconfirmed',
      )
    })

    it.each<[Outcome, string, string]>([
      [{ kind: 'temporary', reason }, 'pending', 'pending'],
      [{ kind: 'rate_limited', until, reason }, 'pending', 'pending'],
      [{ kind: 'rejected', reason }, 'failed', 'unconfirmed'],
      [{ kind: 'reconnect', reason }, 'held', 'pending'],
    ])('%j leads to %s before anything is visible, else to %s', (outcome, unseen, seen) => {
      expect(decide(outcome, since(10), given).state).toBe(unseen)
      expect(decide(outcome, since(10, 'publishing'), given).state).toBe(seen)
    })
  })

  it('advises nothing that cannot be done about a part whose beginning is live', () => {
    const at = now.toISOString()
    const live = [{ part: 0, id: 'p0', permalink: null, ref: { value: {} }, at }]
    const rejected: Outcome = { kind: 'rejected', reason }
    const change = decide(rejected, { ...row, part: 1, partCount: 2, liveParts: live }, given)
    expect(change.reason?.fix.en).toContain('Drop the rest')
    const doubtful = decide(rejected, row, inDoubt)
    expect(doubtful.reason?.fix.en).toContain('Look on the network')
    const last = decide({ kind: 'temporary', reason }, { ...row, failures: 11 }, given)
    expect(last.reason?.fix.en).toContain('Publish it now')
  })
})
