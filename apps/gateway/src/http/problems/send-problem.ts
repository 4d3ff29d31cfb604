import { type AppError, newTrace, traceIdOf } from '@hamava/service-kit'
import type { FastifyReply } from 'fastify'
import { headersOf, problemOf, problemType, statusOf } from './problem-of.ts'

interface Request {
  url: string
  headers: { 'accept-language'?: string | undefined }
  traceparent?: string
}

/** Answers a refusal. */
export function sendProblem(refusal: AppError, request: Request, reply: FastifyReply): void {
  const { url, headers, traceparent = newTrace() } = request
  const problem = problemOf(refusal, { url, headers, traceId: traceIdOf(traceparent) ?? '' })
  reply
    .status(statusOf(refusal))
    .headers(headersOf(refusal))
    .header('content-type', problemType)
    .send(JSON.stringify(problem))
}
