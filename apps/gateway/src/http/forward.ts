import { doOnce, earlierReply, RequestClient } from '@hamava/bus'
import type { InputOf, OutputOf, RequestContract } from '@hamava/contracts'
import { Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import type { Caller } from './caller.ts'

/** Carries out a caller's request: in another service, or here. */
@Injectable()
export class Forward {
  constructor(
    private readonly requests: RequestClient,
    private readonly dataSource: DataSource,
  ) {}

  /** Asks the service that owns the contract, on behalf of the caller. */
  to<R extends RequestContract>(
    contract: R,
    { call, idempotency, onReplay }: Caller,
    input: InputOf<R>,
    deadlineMs = 10_000,
  ): Promise<OutputOf<R>> {
    return this.requests.send(contract, call, input, { deadlineMs, idempotency, onReplay })
  }

  /** Does work of our own once per idempotency key; its answer is kept with its change. */
  async here<T>({ idempotency, onReplay }: Caller, work: () => Promise<T>): Promise<T> {
    if (!idempotency) return work()
    const earlier = await earlierReply(this.dataSource, idempotency)
    if (!earlier) return doOnce(idempotency, work)
    onReplay()
    return earlier.value as T
  }
}
