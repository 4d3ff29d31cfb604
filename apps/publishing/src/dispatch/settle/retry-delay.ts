const firstMs = 1_000
const mostMs = 5 * 60_000

/** The wait before the next try: doubling, at most five minutes, with jitter so that a herd spreads out. */
export function retryDelayMs(attempts: number, random: () => number = Math.random): number {
  const full = Math.min(mostMs, firstMs * 2 ** Math.max(0, attempts - 1))
  return Math.round(full / 2 + (full / 2) * random())
}
