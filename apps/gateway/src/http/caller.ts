import type { Idempotency } from '@hamava/bus'
import type { CallContext, Permission } from '@hamava/contracts'
import { AppError } from '@hamava/service-kit'
import { createParamDecorator, type ExecutionContext } from '@nestjs/common'
import '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Identity } from '../identity/authenticator.ts'

/** Who is behind a request, once the guard has let them in. */
export interface Caller {
  call: CallContext
  permissions: ReadonlySet<Permission>
  personId: string
  /** Set for sessions; the browser must send it back with every change. */
  csrfToken: string | null
  /** When their key or session ends by itself. */
  expiresAt: Date | null
  idempotency: Idempotency | undefined
  /** To be called when the answer is a kept one, given before. */
  onReplay: () => void
  /** Reads their identity again, for long work. Throws when they would no longer be let in. */
  askAgain: () => Promise<Identity>
}

export type HamavaRequest = FastifyRequest & { caller?: Caller; traceparent?: string }

/** The caller of a route that is not public. */
export const FromCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<HamavaRequest>()
  if (!caller) throw new AppError('unauthenticated')
  return caller
})

/** The raw reply, for routes that stream. */
export type HttpReply = FastifyReply
