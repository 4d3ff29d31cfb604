import {
  type FieldError,
  fillIn,
  largestBodyBytes,
  problemKinds,
  problems,
} from '@hamava/contracts'
import { AppError, isDatabaseAway, traceIdOf } from '@hamava/service-kit'
import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  HttpException,
  Logger,
} from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import type { HamavaRequest } from './caller.ts'

/** Every error becomes RFC 9457: what is wrong and what to do, in the caller's language. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http')

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw error
    const request = host.switchToHttp().getRequest<HamavaRequest>()
    const reply = host.switchToHttp().getResponse<FastifyReply>()
    const refusal = toAppError(error, request)
    const status = problemKinds[refusal.kind]
    const traceId = traceIdOf(request.traceparent) ?? ''
    if (status >= 500) {
      const cause = refusal.cause ?? error
      const detail = cause instanceof Error ? cause.stack : String(cause)
      this.logger.error(`${request.method} ${request.url.split('?')[0]} ${traceId}: ${detail}`)
    }
    if (reply.sent) return
    if (refusal.code === 'login_throttled') reply.header('Retry-After', refusal.params.seconds)
    reply
      .status(status)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .send(JSON.stringify(problemOf(refusal, status, request, traceId)))
  }
}

function problemOf(refusal: AppError, status: number, request: HamavaRequest, traceId: string) {
  const language = request.headers['accept-language']?.trim().startsWith('fa') ? 'fa' : 'en'
  const { message, fix, kind } = problems[refusal.code]
  return {
    type: `/docs/problems#${refusal.code}`,
    title: kind,
    status,
    detail: fillIn(message[language], refusal.params),
    fix: fillIn(fix[language], refusal.params),
    instance: request.url.split('?')[0],
    code: refusal.code,
    traceId,
    ...(refusal.errors && { errors: refusal.errors }),
  }
}

function toAppError(error: unknown, request: HamavaRequest): AppError {
  if (error instanceof AppError) return error
  if (isDatabaseAway(error))
    return new AppError('unavailable', { service: 'gateway' }, { cause: error })
  if (error instanceof HttpException) return fromStatus(error.getStatus(), error, request)
  const status = statusOf(error)
  if (status) return fromStatus(status, error, request)
  return new AppError('internal', {}, { cause: error })
}

function fromStatus(status: number, error: unknown, request: HamavaRequest): AppError {
  if (status === 404) {
    const path = request.url.split('?')[0] ?? ''
    return new AppError('route_not_found', { method: request.method, path })
  }
  if (status === 413) return new AppError('body_too_large', { max: String(largestBodyBytes) })
  if (status < 500) {
    const detail = error instanceof Error ? error.message : 'unreadable'
    return new AppError('malformed_request', { detail })
  }
  return new AppError('internal', {}, { cause: error })
}

/** Fastify's own errors carry a status. */
function statusOf(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return null
  return typeof error.statusCode === 'number' ? error.statusCode : null
}

interface Issue {
  message: string
  path?: readonly (PropertyKey | { key: PropertyKey })[] | undefined
}

/** What a schema found wrong, as pointers into what was sent. */
export function invalidInput(issues: readonly Issue[]): AppError {
  const errors = issues.map((issue): FieldError => {
    const path = (issue.path ?? []).map((part) =>
      String(typeof part === 'object' ? part.key : part),
    )
    const pointer = path
      .map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`)
      .join('')
    return { pointer, code: 'invalid', message: issue.message }
  })
  return new AppError('invalid_input', {}, { errors })
}
