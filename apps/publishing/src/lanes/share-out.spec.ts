import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { type SharedQuota, shareOut, spend, type Want } from './share-out.ts'

const now = 1_000_000
const quota = (change: Partial<SharedQuota> = {}): SharedQuota => ({
  limit: 30,
  windowMs: 60_000,
  cost: 1,
  left: 30,
  resetsAt: null,
  used: {},
  ...change,
})
const want = (count: number, later = 0): Want => ({ now: count, later })
const share = (of: SharedQuota, wants: Record<string, Want>) =>
  Object.fromEntries(shareOut(of, new Map(Object.entries(wants)), now))

describe('sharing out a budget', () => {
  it('gives everything to who is alone', () => {
    expect(share(quota(), { loud: want(100) })).toEqual({ loud: 30 })
  })

  it('gives each an equal part, and what one does not need to the other', () => {
    expect(share(quota(), { loud: want(100), quiet: want(10) })).toEqual({ loud: 20, quiet: 10 })
    expect(share(quota(), { loud: want(100), other: want(100) })).toEqual({ loud: 15, other: 15 })
  })

  it('keeps for later what another workspace has planned within the window', () => {
    expect(share(quota(), { loud: want(100), quiet: want(0, 8) })).toEqual({ loud: 22, quiet: 0 })
  })

  it('remembers what each has used, until the window is over', () => {
    const used = quota({ left: 10, used: { loud: 20 }, resetsAt: now + 1_000 })
    expect(share(used, { loud: want(10), quiet: want(10) })).toEqual({ loud: 0, quiet: 10 })
    const over = { ...used, resetsAt: now }
    expect(share(over, { loud: want(20), quiet: want(20) })).toEqual({ loud: 15, quiet: 15 })
  })

  const workspaces = fc.constantFrom('a', 'b', 'c', 'd', 'e')
  const wants = fc.dictionary(workspaces, fc.record({ now: fc.nat(40), later: fc.nat(40) }), {
    maxKeys: 5,
  })
  const quotas = fc.record({
    limit: fc.integer({ min: 1, max: 60 }),
    cost: fc.integer({ min: 1, max: 4 }),
    used: fc.dictionary(workspaces, fc.nat(30), { maxKeys: 5 }),
    resetsAt: fc.constantFrom(null, now - 1, now + 1_000),
    spent: fc.nat(60),
  })

  it('never gives more than there is, nor more than was asked for', () => {
    fc.assert(
      fc.property(quotas, wants, ({ spent, ...given }, asked) => {
        const left = Math.max(0, given.limit - spent)
        const of = quota({ ...given, left })
        const granted = shareOut(of, new Map(Object.entries(asked)), now)
        const isOver = of.resetsAt !== null && of.resetsAt <= now
        const total = [...granted.values()].reduce((sum, count) => sum + count, 0)
        expect(total * of.cost).toBeLessThanOrEqual(isOver ? of.limit : left)
        for (const [workspace, count] of granted) {
          expect(count).toBeGreaterThanOrEqual(0)
          expect(count).toBeLessThanOrEqual(asked[workspace]?.now ?? 0)
        }
        const after = spend(of, granted, now)
        expect(after.left).toBe((isOver ? of.limit : left) - total * of.cost)
      }),
    )
  })

  it('refuses nobody what is due to all, while a fresh window lasts', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 60 }), wants, (limit, asked) => {
        const of = quota({ limit, left: limit })
        const part = Math.floor(limit / Math.max(1, Object.keys(asked).length))
        const granted = shareOut(of, new Map(Object.entries(asked)), now)
        for (const [workspace, count] of granted) {
          expect(count).toBeGreaterThanOrEqual(Math.min(part, asked[workspace]?.now ?? 0))
        }
      }),
    )
  })

  it('leaves nothing unused that somebody asks for and nobody needs later', () => {
    fc.assert(
      fc.property(wants, (asked) => {
        const greedy = Object.fromEntries(
          Object.entries(asked).map(([workspace, { now: count }]) => [workspace, want(count)]),
        )
        const granted = Object.values(share(quota(), greedy)).reduce((sum, n) => sum + n, 0)
        const total = Object.values(greedy).reduce((sum, { now: count }) => sum + count, 0)
        expect(granted).toBe(Math.min(30, total))
      }),
    )
  })
})
