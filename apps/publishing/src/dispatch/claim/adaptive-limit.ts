import { type EventLoopUtilization, performance } from 'node:perf_hooks'

/** A lower limit would cost more than it saves, as the intents of publications due together share one commit. */
const fewest = 24
const lookEveryMs = 100
/** Above this event loop utilization, more concurrent requests do not help. */
const fullShare = 0.9

/**
 * How many requests may be in flight. More of them use the time spent waiting for networks, but on a busy processor
 * they only wait for each other: then fewer begin, so that each is answered in time.
 */
export class AdaptiveLimit {
  private seen = performance.eventLoopUtilization()
  private permits: number

  constructor(private readonly most: number) {
    this.permits = most
  }

  now(): number {
    const used = performance.eventLoopUtilization(this.seen)
    if (used.idle + used.active < lookEveryMs) return this.permits
    this.seen = performance.eventLoopUtilization()
    this.permits = permitsAfter(this.permits, used, this.most)
    return this.permits
  }
}

/** Down by a quarter while the processor is full, up by an eighth of the most when it is not. */
export function permitsAfter(
  permits: number,
  { utilization }: Pick<EventLoopUtilization, 'utilization'>,
  most: number,
): number {
  if (utilization < fullShare) return Math.min(most, permits + Math.ceil(most / 8))
  return Math.max(Math.min(fewest, most), Math.floor(permits * 0.75))
}
