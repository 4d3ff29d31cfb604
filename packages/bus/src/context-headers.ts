import { type CallContext, callContext } from '@hamava/contracts'
import { headers, type MsgHdrs } from '@nats-io/transport-node'
import type { Idempotency } from './requests/idempotency.ts'

const names = {
  context: 'Hamava-Context',
  traceparent: 'traceparent',
  causation: 'Hamava-Causation',
  idempotency: 'Hamava-Idempotency',
} as const

/** Writes the call context, the trace and the cause into headers, so that the body is only the message itself. */
export function writeContext(context: CallContext, causationId?: string | null): MsgHdrs {
  const { traceparent, ...rest } = context
  const written = headers()
  written.set(names.context, JSON.stringify(rest))
  if (traceparent) written.set(names.traceparent, traceparent)
  if (causationId) written.set(names.causation, causationId)
  return written
}

/** Throws when the headers were not written by `writeContext`. */
export function readContext(read: MsgHdrs | undefined): CallContext {
  const raw = read?.get(names.context)
  if (!raw) throw new Error(`the message has no ${names.context} header`)
  const traceparent = read?.get(names.traceparent)
  return callContext.parse({ ...JSON.parse(raw), ...(traceparent && { traceparent }) })
}

export function readCausation(read: MsgHdrs | undefined): string | null {
  return read?.get(names.causation) || null
}

export function writeIdempotency(written: MsgHdrs, { key, fingerprint }: Idempotency): void {
  written.set(names.idempotency, `${key} ${fingerprint}`)
}

export function readIdempotency(read: MsgHdrs | undefined): Idempotency | null {
  const [key, fingerprint] = read?.get(names.idempotency)?.split(' ') ?? []
  return key && fingerprint ? { key, fingerprint } : null
}
