import { randomFillSync } from 'node:crypto'

/** A W3C traceparent for work that begins here. */
export function newTrace(): string {
  return `00-${randomHex(16)}-${randomHex(8)}-01`
}

/** The same trace, a new span; a new trace when there was none or it is malformed. */
export function childTrace(parent: string | undefined): string {
  const traceId = traceIdOf(parent)
  return traceId ? `00-${traceId}-${randomHex(8)}-01` : newTrace()
}

export function traceIdOf(traceparent: string | undefined): string | null {
  return traceparent?.match(/^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/)?.[1] ?? null
}

const pool = Buffer.alloc(4096)
let used = pool.length

/** From a pool that is filled in one go: asking the system for each id costs a tenth of a small request. */
function randomHex(bytes: number): string {
  if (used + bytes > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += bytes
  return pool.toString('hex', used - bytes, used)
}
