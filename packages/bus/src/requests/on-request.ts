import type {
  CallContext,
  OutputOf,
  ParsedInputOf,
  ProblemBody,
  RequestContract,
} from '@hamava/contracts'
import { AppError, isDatabaseAway } from '@hamava/service-kit'
import type { MsgHdrs } from '@nats-io/transport-node'
import { Logger, UseInterceptors } from '@nestjs/common'
import { Ctx, MessagePattern, type NatsContext, Payload, Transport } from '@nestjs/microservices'
import type { ZodError } from 'zod'
import { readContext } from '../context-headers.ts'
import { IdempotencyInterceptor } from './idempotency.interceptor.ts'

/** What an answer looks like on the wire. */
export type Reply<T> =
  | { ok: true; value: T; replayed?: boolean }
  | { ok: false; problem: ProblemBody }

type Handler<R extends RequestContract> = (
  input: ParsedInputOf<R>,
  call: CallContext,
) => Promise<OutputOf<R>>

const logger = new Logger('requests')

/**
 * Makes a method the answer to a request: the input is parsed by the contract, refusals travel as
 * problems, and everything else is logged here and told as `internal`.
 */
export function OnRequest<R extends RequestContract>(contract: R) {
  return <H extends Handler<R>>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<H>,
  ): void => {
    const method = descriptor.value
    if (!method) throw new Error(`@OnRequest(${contract.name}) must stand on a method`)
    const answer = async function (this: unknown, data: unknown, nats: NatsContext) {
      return reply(contract, () => {
        const input = contract.input.parse(data) as ParsedInputOf<R>
        return method.call(this, input, readContext(nats.getHeaders() as MsgHdrs))
      })
    }
    descriptor.value = answer as unknown as H
    Payload()(target, key, 0)
    Ctx()(target, key, 1)
    UseInterceptors(IdempotencyInterceptor)(target, key, descriptor)
    MessagePattern(contract.name, Transport.NATS)(target, key, descriptor)
  }
}

async function reply<T>(
  contract: RequestContract,
  work: () => Promise<T>,
): Promise<Reply<unknown>> {
  try {
    return { ok: true, value: contract.output.parse(await work()) }
  } catch (error) {
    if (error instanceof AppError) return { ok: false, problem: error.toBody() }
    if (isDatabaseAway(error)) {
      logger.warn(`${contract.name}: the database is away`)
      return {
        ok: false,
        problem: new AppError('unavailable', { service: contract.owner }).toBody(),
      }
    }
    if (isZodError(error)) {
      // The gateway has checked the same schema: a mismatch here is a fault of ours.
      logger.error(`${contract.name}: ${error.message}`, error.stack)
    } else {
      logger.error(`${contract.name} failed`, error instanceof Error ? error.stack : String(error))
    }
    return { ok: false, problem: new AppError('internal').toBody() }
  }
}

function isZodError(error: unknown): error is ZodError {
  return error instanceof Error && error.name === 'ZodError'
}
