import { type EventLoopUtilization, performance } from 'node:perf_hooks'

/** Fewer would cost more than they spare: what is due together is written together. */
const fewest = 24
const lookEveryMs = 100
/** A process that is busy for this share of the time has no use for more requests at a time. */
const fullShare = 0.9

/**
 * How many requests may be under way. More of them keep waiting time busy, but on a processor that is
 * full they only wait for each other: then fewer are begun, so that each is answered in time.
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
