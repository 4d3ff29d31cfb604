import { AppError } from '@hamava/service-kit'
import type { MsgHdrs } from '@nats-io/transport-node'
import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common'
import type { NatsContext } from '@nestjs/microservices'
import { from, lastValueFrom, type Observable } from 'rxjs'
import { DataSource } from 'typeorm'
import { readIdempotency } from '../context-headers.ts'
import { doOnce, earlierReply, type Idempotency } from './idempotency.ts'
import type { Reply } from './on-request.ts'

/** A request that names an idempotency key is carried out once; afterwards its first answer is given again. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(private readonly dataSource: DataSource) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const headers = context.switchToRpc().getContext<NatsContext>().getHeaders() as MsgHdrs
    const idempotency = readIdempotency(headers)
    return idempotency ? from(this.once(idempotency, next)) : next.handle()
  }

  private async once(idempotency: Idempotency, next: CallHandler): Promise<Reply<unknown>> {
    try {
      const earlier = await earlierReply(this.dataSource, idempotency)
      if (earlier) return { ok: true, value: earlier.value, replayed: true }
    } catch (error) {
      if (error instanceof AppError) return { ok: false, problem: error.toBody() }
      throw error
    }
    return doOnce(idempotency, () => lastValueFrom(next.handle()))
  }
}
