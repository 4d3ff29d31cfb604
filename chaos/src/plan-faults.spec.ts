import { expect, it } from '@jest/globals'
import { type FaultKindName, faultKindNames, faultKinds, minimumOf } from './fault-kinds.ts'
import { planFaults } from './plan-faults.ts'

const full = { minutes: 3, leaseMs: 5_000, recoveryMs: 2_000 }
const short = { minutes: 0.4, leaseMs: 2_000, recoveryMs: 2_000 }
const seeds = Array.from({ length: 50 }, (_, seed) => seed)

it('plans the same for the same seed, and something else for another', () => {
  expect(planFaults(7, full)).toEqual(planFaults(7, full))
  expect(planFaults(7, full)).not.toEqual(planFaults(8, full))
})

it.each([full, short, { ...full, minutes: 20 }])(
  'plans its minimum of every kind: %j',
  (timing) => {
    for (const seed of seeds) {
      const counts = new Map<FaultKindName, number>()
      for (const { kind } of planFaults(seed, timing).faults)
        counts.set(kind, (counts.get(kind) ?? 0) + 1)
      for (const kind of faultKindNames) {
        expect(counts.get(kind)).toBeGreaterThanOrEqual(minimumOf(kind, timing.minutes))
      }
    }
  },
)

it.each([full, short])(
  'keeps what excuses lateness in rough times, but for the burst: %j',
  (timing) => {
    for (const seed of seeds) {
      const { faults, rough, burstAtMs } = planFaults(seed, timing)
      const outside = faults.filter(
        ({ kind, atMs, lastsMs }) =>
          faultKinds[kind].excuses &&
          !rough.some(({ fromMs, toMs }) => atMs >= fromMs && atMs + lastsMs <= toMs + 1),
      )
      expect(outside.map(({ kind }) => kind).toSorted()).toEqual([
        'postgres killed',
        'publisher killed',
      ])
      for (const { atMs } of outside) {
        expect(atMs - burstAtMs).toBeGreaterThanOrEqual(10)
        expect(atMs - burstAtMs).toBeLessThan(400)
      }
    }
  },
)

it.each([full, short])(
  'lets the burst come when what came before excuses nothing any more: %j',
  (timing) => {
    const { rough, burstAtMs, totalMs } = planFaults(1, timing)
    const before = rough.filter(({ toMs }) => toMs < burstAtMs).at(-1)
    expect(burstAtMs - (before?.toMs ?? 0)).toBeGreaterThan(timing.leaseMs + timing.recoveryMs)
    expect(rough.some(({ fromMs, toMs }) => fromMs < burstAtMs && burstAtMs < toMs)).toBe(false)
    expect(burstAtMs).toBeLessThan(totalMs)
  },
)
