import { AppError } from '@hamava/service-kit'
import type { Msg, MsgHdrs, NatsConnection } from '@nats-io/transport-node'
import { Logger } from '@nestjs/common'
import { ServerNats } from '@nestjs/microservices'
import { answerInParts, collect } from './parts.ts'

/** How long the other side of a large message may take for each part. */
const partTimeoutMs = 10_000

/** Nest's server of requests, for messages of any size: large ones come and go in parts. */
export class RequestServer extends ServerNats {
  private readonly log = new Logger('requests')

  override async handleMessage(channel: string, message: Msg): Promise<void> {
    const connection = this.unwrap<NatsConnection>()
    const { text, last } = await collect(connection, message, partTimeoutMs)
    await super.handleMessage(channel, {
      subject: message.subject,
      headers: message.headers,
      reply: last.reply,
      json: () => JSON.parse(text) as unknown,
      respond: (body: string, options: { headers?: MsgHdrs }) =>
        void this.answer(connection, last, body, options),
    })
  }

  private async answer(
    connection: NatsConnection,
    message: Msg,
    body: string,
    { headers }: { headers?: MsgHdrs },
  ): Promise<void> {
    const options = { timeout: partTimeoutMs, ...(headers && { headers }) }
    try {
      await answerInParts(connection, message, body, options)
    } catch (error) {
      if (!(error instanceof AppError)) {
        this.log.warn(`an answer to ${message.subject} was not taken: ${String(error)}`)
        return
      }
      // The reply exceeds `largestMessageBytes`: the caller gets the refusal at once.
      const { id } = JSON.parse(body) as { id?: string }
      const response = { ok: false, problem: error.toBody() }
      message.respond(JSON.stringify({ response, isDisposed: true, id }))
    }
  }
}
