import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { blockedUntil, freshQuotas, learn, type Quota, takeOne } from './quota.ts'

const minute = 60_000
const quota = (change: Partial<Quota> = {}): Quota => ({
  limit: 5,
  windowMs: minute,
  cost: 1,
  left: 5,
  resetsAt: null,
  ...change,
})

describe('a quota', () => {
  it('begins its window with the first request, and is whole again after it', () => {
    const [first] = takeOne([quota()], 1_000)
    expect(first).toMatchObject({ left: 4, resetsAt: 1_000 + minute })
    expect(takeOne([first as Quota], 1_000 + minute)[0]).toMatchObject({ left: 4 })
  })

  it('blocks until its window ends; of several, the last', () => {
    const used = quota({ left: 0, resetsAt: 10_000 })
    expect(blockedUntil([used], 1_000)).toBe(10_000)
    expect(blockedUntil([used], 10_000)).toBeNull()
    expect(blockedUntil([used, quota({ left: 0, resetsAt: 20_000 })], 1_000)).toBe(20_000)
  })

  it('blocks when what is left does not pay for a request', () => {
    expect(blockedUntil([quota({ cost: 3, left: 2, resetsAt: 9_000 })], 1_000)).toBe(9_000)
  })

  it('learns from the network when others use the same account', () => {
    const seen = { limit: 5, left: 1, resetsAt: 30_000 }
    expect(learn([quota({ left: 4 })], seen, 0)).toEqual([quota({ left: 1, resetsAt: 30_000 })])
  })

  it('takes what is said for the quota with that limit', () => {
    const day = quota({ limit: 100, left: 100, windowMs: 1440 * minute })
    const [short, long] = learn([quota(), day], { limit: 100, left: 7, resetsAt: null }, 0)
    expect([short?.left, long?.left]).toEqual([5, 7])
  })

  it('comes from the manifest, for its scope', () => {
    const budgets = [
      { scope: 'channel' as const, limit: 20, windowMs: minute },
      { scope: 'app' as const, limit: 30, windowMs: 1_000, cost: 2 },
    ]
    expect(freshQuotas({ budgets }, 'app')).toEqual([
      { limit: 30, windowMs: 1_000, cost: 2, left: 30, resetsAt: null },
    ])
  })

  it('never lets more requests through than fit, in any window from one reset to the next', () => {
    const quotas = fc.array(
      fc.record({
        limit: fc.integer({ min: 1, max: 20 }),
        windowMs: fc.integer({ min: 100, max: 5_000 }),
        cost: fc.integer({ min: 1, max: 3 }),
      }),
      { minLength: 1, maxLength: 3 },
    )
    const steps = fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 200 })
    fc.assert(
      fc.property(quotas, steps, (kinds, waits) => {
        let state: Quota[] = kinds.map((kind) => ({ ...kind, left: kind.limit, resetsAt: null }))
        const spent = kinds.map(() => new Map<number, number>())
        let now = 1_000_000
        for (const wait of waits) {
          now += wait
          const until = blockedUntil(state, now)
          if (until !== null) {
            expect(until).toBeGreaterThan(now)
            continue
          }
          state = takeOne(state, now)
          for (const [at, { resetsAt, limit, cost, left }] of state.entries()) {
            const used = (spent[at]?.get(resetsAt ?? 0) ?? 0) + cost
            spent[at]?.set(resetsAt ?? 0, used)
            expect(used).toBeLessThanOrEqual(limit)
            expect(left).toBeGreaterThanOrEqual(0)
          }
        }
      }),
    )
  })

  it('never believes that more is left because a network says so', () => {
    const known = fc.record({ left: fc.nat(5), resetsAt: fc.constantFrom(null, 50_000) })
    const seen = fc.record({
      limit: fc.constantFrom(null, 5, 50),
      left: fc.option(fc.nat(50)),
      resetsAt: fc.constantFrom(null, 40_000, 60_000),
    })
    fc.assert(
      fc.property(known, seen, (change, said) => {
        const [after] = learn([quota(change)], said, 0)
        expect(after?.left).toBeLessThanOrEqual(change.left)
      }),
    )
  })
})
