import type { Exchange } from '@hamava/networks'
import { describe, expect, it } from '@jest/globals'
import { laneAfter } from './lane-after.ts'
import type { Quota } from './quota.ts'

const now = new Date('2027-03-21T06:00:00Z')
const row = { channelId: 'ch', nextAttemptAt: now }
const quota = (change: Partial<Quota> = {}): Quota => ({
  limit: 300,
  windowMs: 300_000,
  cost: 1,
  left: 299,
  resetsAt: now.getTime() + 60_000,
  ...change,
})
const request = (publishes: boolean): Exchange => ({
  at: now,
  method: 'GET',
  url: 'https://network.example/media/1',
  status: 200,
  reply: '',
  ms: 1,
  publishes,
  quota: { limit: null, left: null, resetsAt: null },
})
const leftAfter = (quotas: Quota[], count: number) => {
  const exchanges = Array.from({ length: count }, () => request(false))
  const ended = { outcome: 'pending' as const, exchanges }
  return laneAfter({ quotas, trouble: 0 }, row, ended, now).quotas?.map(({ left }) => left)
}

describe('what an attempt leaves of the quotas of its lane', () => {
  it('is less by every request, where the network counts them all', () => {
    // One was taken when the attempt was let through.
    expect(leftAfter([quota({ countsAll: true })], 4)).toEqual([296])
    expect(leftAfter([quota({ countsAll: true })], 1)).toEqual([299])
    expect(leftAfter([quota({ countsAll: true })], 0)).toEqual([299])
  })

  it('is not, where posts alone count', () => {
    expect(leftAfter([quota()], 4)).toEqual([299])
  })
})
