const mostMs = 60_000

/**
 * The pause before a network is asked again whether it is done: a quarter of the time that it has been
 * processing, at least what it asks for and at most a minute.
 */
export const checkDelayMs = (processingMs: number, askedMs: number): number =>
  Math.max(askedMs, Math.min(mostMs, processingMs / 4))
