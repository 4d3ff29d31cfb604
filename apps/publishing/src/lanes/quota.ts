import type { NetworkManifest } from '@hamava/contracts'

/**
 * What may be sent within a window of time, in the network's own units. Instants are milliseconds
 * since 1970 by the database's clock. Without `resetsAt` the window begins with the next request.
 */
export interface Quota {
  limit: number
  windowMs: number
  /** Units that one request takes. */
  cost: number
  left: number
  resetsAt: number | null
  /** Whether every request takes from it, not only those that publish; missing in older rows. */
  countsAll?: boolean
}

/** What a network told of a quota in the headers of an answer. */
export interface SeenQuota {
  limit: number | null
  left: number | null
  resetsAt: number | null
}

/** The manifest's quotas per channel or per app, unused. */
export const freshQuotas = (
  { budgets }: Pick<NetworkManifest, 'budgets'>,
  scope: 'channel' | 'app',
): Quota[] =>
  budgets
    .filter((budget) => budget.scope === scope)
    .map(({ limit, windowMs, cost = 1, counts = 'posts' }) => ({
      limit,
      windowMs,
      cost,
      left: limit,
      resetsAt: null,
      ...(counts === 'requests' && { countsAll: true }),
    }))

/** The quota as it is now: whole again once its window is over. */
export function atTime<Q extends Quota>(quota: Q, now: number): Q {
  const isOver = quota.resetsAt !== null && quota.resetsAt <= now
  return isOver ? { ...quota, left: quota.limit, resetsAt: null } : quota
}

/** Until when nothing may be sent; null when a request may go now. */
export function blockedUntil(quotas: Quota[], now: number): number | null {
  const ends = quotas
    .map((quota) => atTime(quota, now))
    .filter(({ left, cost }) => left < cost)
    .map(({ resetsAt, windowMs }) => resetsAt ?? now + windowMs)
  return ends.length === 0 ? null : Math.max(...ends)
}

/** What is left after one request that publishes; never below zero. */
export const takeOne = (quotas: Quota[], now: number): Quota[] =>
  quotas.map((quota) => taken(quota, 1, now))

/** What is left after so many requests that publish nothing. */
export const takeReads = (quotas: Quota[], count: number, now: number): Quota[] =>
  quotas.map((quota) => (quota.countsAll && count > 0 ? taken(quota, count, now) : quota))

function taken(stale: Quota, count: number, now: number): Quota {
  const quota = atTime(stale, now)
  return {
    ...quota,
    left: Math.max(0, quota.left - quota.cost * count),
    resetsAt: quota.resetsAt ?? now + quota.windowMs,
  }
}

/**
 * Takes over `seen.left` where it is lower than ours, as others may use the same account. It is matched to the quota
 * with the same limit, else to the one with the shortest window.
 */
export function learn(quotas: Quota[], seen: SeenQuota, now: number): Quota[] {
  const { left, limit } = seen
  if (left === null) return quotas
  const about = quotas.find((quota) => quota.limit === limit) ?? shortest(quotas)
  return quotas.map((stale) => {
    if (stale !== about) return stale
    const quota = atTime(stale, now)
    const resetsAt = seen.resetsAt ?? quota.resetsAt ?? now + quota.windowMs
    return { ...quota, limit: limit ?? quota.limit, left: Math.min(quota.left, left), resetsAt }
  })
}

const shortest = (quotas: Quota[]) =>
  quotas.toSorted((one, other) => one.windowMs - other.windowMs)[0]
