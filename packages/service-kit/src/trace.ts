import { randomBytes } from 'node:crypto'

/** A W3C traceparent for work that begins here. */
export function newTrace(): string {
  return `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`
}

/** The same trace, a new span; a new trace when there was none or it is malformed. */
export function childTrace(parent: string | undefined): string {
  const traceId = traceIdOf(parent)
  return traceId ? `00-${traceId}-${randomBytes(8).toString('hex')}-01` : newTrace()
}

export function traceIdOf(traceparent: string | undefined): string | null {
  return traceparent?.match(/^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/)?.[1] ?? null
}
