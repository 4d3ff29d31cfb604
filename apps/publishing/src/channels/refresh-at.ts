import type { ChannelRow } from './channel.entity.ts'

type Lifetime = Pick<ChannelRow, 'expiresAt' | 'refreshedAt'>

const mostBeforeUseMs = 10 * 60_000
const mostAheadMs = 60 * 60_000

/** From when on a token is refreshed before it is used: in its last quarter, at most ten minutes before its end. */
export const mustRefreshAt = (channel: Lifetime) => beforeEnd(channel, 0.25, mostBeforeUseMs)

/**
 * From when on a token is refreshed though nobody needs it yet: in its last half, at most an hour
 * before its end. `spread` (0–1) differs from channel to channel, so that they do not all come at once.
 */
export const mayRefreshAt = (channel: Lifetime, spread: number) =>
  beforeEnd(channel, 0.25 + spread / 4, mostBeforeUseMs + spread * (mostAheadMs - mostBeforeUseMs))

/** Milliseconds since 1970; never for what does not expire. */
function beforeEnd({ expiresAt, refreshedAt }: Lifetime, share: number, mostMs: number): number {
  if (!expiresAt) return Number.POSITIVE_INFINITY
  const lifetimeMs = expiresAt.getTime() - refreshedAt.getTime()
  return expiresAt.getTime() - Math.min(mostMs, Math.max(0, lifetimeMs * share))
}
