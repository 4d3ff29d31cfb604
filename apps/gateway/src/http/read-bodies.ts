import { AppError } from '@hamava/service-kit'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'

type Done = (error: Error | null, body?: unknown) => void
interface Request {
  url: string
  headers: { 'content-type'?: string | undefined }
}

/**
 * The bodies that are understood: JSON, and anything that a network sends to its webhook. An empty body is none,
 * whatever its type. Forms of other sites, which browsers send without a preflight, are refused.
 */
export function readBodies(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance()
  fastify.removeAllContentTypeParsers()
  app.useBodyParser('application/json', {}, (request: Request, body: Buffer, done: Done) => {
    if (body.length === 0) return done(null, undefined)
    try {
      done(null, JSON.parse(body.toString('utf8')))
    } catch (error) {
      const detail = error instanceof Error ? error.message : 'no JSON'
      done(isHook(request) ? null : new AppError('malformed_request', { detail }))
    }
  })
  app.useBodyParser('*', {}, (request: Request, body: Buffer, done: Done) => {
    const type = request.headers['content-type'] ?? 'no type'
    const isTaken = body.length === 0 || isHook(request)
    done(isTaken ? null : new AppError('unsupported_media_type', { type }))
  })
}

const isHook = ({ url }: Request) => url.startsWith('/v1/hooks/')
