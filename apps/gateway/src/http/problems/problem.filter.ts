import { traceIdOf } from '@hamava/service-kit'
import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { AllowedMethods } from '../allowed-methods.ts'
import type { HamavaRequest } from '../caller.ts'
import { statusOf } from './problem-of.ts'
import { sendProblem } from './send-problem.ts'
import { toAppError } from './to-app-error.ts'

/** Every error becomes RFC 9457: what is wrong and what to do, in the caller's language. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http')

  constructor(private readonly allowed: AllowedMethods) {}

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw error
    const request = host.switchToHttp().getRequest<HamavaRequest>()
    const reply = host.switchToHttp().getResponse<FastifyReply>()
    const refusal = toAppError(error, request, this.allowed.at(request.url))
    const { url, method } = request
    const traceId = traceIdOf(request.traceparent) ?? ''
    const hasLeft = request.raw.destroyed && !request.raw.complete
    if (statusOf(refusal) >= 500 && !hasLeft) {
      const cause = refusal.cause ?? error
      const detail = cause instanceof Error ? cause.stack : String(cause)
      this.logger.error(`${method} ${url.split('?')[0]} ${traceId}: ${detail}`)
    }
    if (!reply.sent) sendProblem(refusal, request, reply)
  }
}
