import type { Socket } from 'node:net'
import { AppError, newTrace, traceIdOf } from '@hamava/service-kit'
import type { FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify'
import { apiHeaders } from '../security-headers.ts'
import { headersOf, problemOf, problemType, statusOf } from './problem-of.ts'
import { sendProblem } from './send-problem.ts'
import { toAppError } from './to-app-error.ts'

/** What Fastify and Node refuse before a request reaches a route, answered as our own problems. */
export const frameworkRefusals: Pick<
  FastifyServerOptions,
  'frameworkErrors' | 'clientErrorHandler'
> = {
  frameworkErrors(error: Error, request: FastifyRequest, reply: FastifyReply) {
    reply.headers(apiHeaders)
    sendProblem(toAppError(error, request, []), request, reply)
  },
  clientErrorHandler(error: NodeJS.ErrnoException, socket: Socket) {
    // The client is gone, or half of an answer has been sent.
    if (error.code === 'ECONNRESET' || !socket.writable || socket.bytesWritten > 0) {
      socket.destroy()
      return
    }
    const refusal = unreadable(error)
    const traceId = traceIdOf(newTrace()) ?? ''
    const body = JSON.stringify(problemOf(refusal, { url: '', headers: {}, traceId }))
    const headers = {
      ...apiHeaders,
      ...headersOf(refusal),
      'content-type': problemType,
      'content-length': String(Buffer.byteLength(body)),
      connection: 'close',
    }
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
    socket.end([`HTTP/1.1 ${statusOf(refusal)} Refused`, ...lines, '', body].join('\r\n'))
  },
}

function unreadable(error: NodeJS.ErrnoException): AppError {
  if (error.code === 'HPE_HEADER_OVERFLOW') return new AppError('headers_too_large')
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') return new AppError('request_timeout')
  return new AppError('malformed_request', { detail: error.message })
}
