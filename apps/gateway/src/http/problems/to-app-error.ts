import { largestBodyBytes } from '@hamava/contracts'
import { AppError, isDatabaseAway } from '@hamava/service-kit'
import { HttpException } from '@nestjs/common'

/** The parts of a request that its refusal needs. */
interface Request {
  method: string
  url: string
  headers: { 'content-type'?: string | undefined }
}

/** @param allowed the methods that the path of the request knows. */
export function toAppError(error: unknown, request: Request, allowed: string[]): AppError {
  if (error instanceof AppError) return error
  if (isDatabaseAway(error))
    return new AppError('unavailable', { service: 'gateway' }, { cause: error })
  const status = error instanceof HttpException ? error.getStatus() : statusOf(error)
  if (status === null || status >= 500) return new AppError('internal', {}, { cause: error })
  const { method } = request
  const path = request.url.split('?')[0] ?? ''
  if (status === 404 && allowed.length > 0) {
    return new AppError('method_not_allowed', { method, path, allow: allowed.join(', ') })
  }
  if (status === 404) return new AppError('route_not_found', { method, path })
  if (status === 408) return new AppError('request_timeout')
  if (status === 413) return new AppError('body_too_large', { max: String(largestBodyBytes) })
  if (status === 415) {
    const type = request.headers['content-type'] ?? 'no type'
    return new AppError('unsupported_media_type', { type })
  }
  const detail = error instanceof Error ? error.message : 'unreadable'
  return new AppError('malformed_request', { detail })
}

/** Fastify's own errors carry a status. */
function statusOf(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return null
  return typeof error.statusCode === 'number' ? error.statusCode : null
}
