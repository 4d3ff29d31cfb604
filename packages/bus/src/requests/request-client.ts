import type { CallContext, InputOf, OutputOf, RequestContract } from '@hamava/contracts'
import { AppError, childTrace, newId } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { BusConnection } from '../connection.ts'
import { writeContext, writeIdempotency } from '../context-headers.ts'
import type { Idempotency } from './idempotency.ts'
import type { Reply } from './on-request.ts'
import { askInParts } from './parts.ts'

export interface SendOptions {
  /** How long the caller waits for an answer, 5 s unless it says otherwise; each part of a large message has as long. */
  deadlineMs?: number
  /** The action is carried out once; a repetition gets the first answer. */
  idempotency?: Idempotency | undefined
  /** Called when the answer is that of an earlier request with the same key. */
  onReplay?: (() => void) | undefined
}

/** Asks other services; the wire format is that of Nest's NATS transport, which answers. */
@Injectable()
export class RequestClient {
  constructor(private readonly connection: BusConnection) {}

  /**
   * Throws the refusal of the answering service as an `AppError`, and `unavailable` when it does not
   * answer within the deadline.
   */
  async send<R extends RequestContract>(
    contract: R,
    call: CallContext,
    input: InputOf<R>,
    options: SendOptions = {},
  ): Promise<OutputOf<R>> {
    const reply = await this.ask(contract, call, input, options)
    if (!reply.ok) throw AppError.fromBody(reply.problem)
    if (reply.replayed) options.onReplay?.()
    return contract.output.parse(reply.value) as OutputOf<R>
  }

  private async ask<R extends RequestContract>(
    contract: R,
    call: CallContext,
    input: InputOf<R>,
    { deadlineMs = 5_000, idempotency }: SendOptions,
  ): Promise<Reply<unknown>> {
    const packet = { pattern: contract.name, data: input, id: newId('event') }
    const headers = writeContext({ ...call, traceparent: childTrace(call.traceparent) })
    if (idempotency) writeIdempotency(headers, idempotency)
    const unavailable = (cause?: unknown) =>
      new AppError('unavailable', { service: contract.owner }, { cause })
    const connection = this.connection.current
    if (!connection) throw unavailable()
    try {
      const text = await askInParts(connection, contract.name, JSON.stringify(packet), {
        timeout: deadlineMs,
        headers,
      })
      const answer = JSON.parse(text) as { response?: Reply<unknown>; err?: unknown }
      if (!answer.response) throw new Error(`no answer to ${contract.name}: ${String(answer.err)}`)
      return answer.response
    } catch (cause) {
      if (cause instanceof AppError) throw cause
      throw unavailable(cause)
    }
  }
}
