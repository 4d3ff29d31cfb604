import type { CallContext, InputOf, OutputOf, RequestContract } from '@hamava/contracts'
import { AppError, childTrace, newId } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { BusConnection } from '../connection.ts'
import { writeContext } from '../context-headers.ts'
import type { Reply } from './on-request.ts'

/** A caller waits this long unless it says otherwise. */
const defaultDeadlineMs = 5_000

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
    deadlineMs = defaultDeadlineMs,
  ): Promise<OutputOf<R>> {
    const reply = await this.ask(contract, call, input, deadlineMs)
    if (!reply.ok) throw AppError.fromBody(reply.problem)
    return contract.output.parse(reply.value) as OutputOf<R>
  }

  private async ask<R extends RequestContract>(
    contract: R,
    call: CallContext,
    input: InputOf<R>,
    deadlineMs: number,
  ): Promise<Reply<unknown>> {
    const packet = { pattern: contract.name, data: input, id: newId('event') }
    const headers = writeContext({ ...call, traceparent: childTrace(call.traceparent) })
    const unavailable = (cause?: unknown) =>
      new AppError('unavailable', { service: contract.owner }, { cause })
    const connection = this.connection.current
    if (!connection) throw unavailable()
    try {
      const message = await connection.request(contract.name, JSON.stringify(packet), {
        timeout: deadlineMs,
        headers,
      })
      const answer = message.json<{ response?: Reply<unknown>; err?: unknown }>()
      if (!answer.response) throw new Error(`no answer to ${contract.name}: ${String(answer.err)}`)
      return answer.response
    } catch (cause) {
      throw unavailable(cause)
    }
  }
}
