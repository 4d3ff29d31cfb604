import { type Idempotency } from '@hamava/bus'
import { AppError, callerNetwork, canonicalHash } from '@hamava/service-kit'
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import type { Config } from '../config.ts'
import { Authenticator, type Identity } from '../identity/authenticator.ts'
import { RateLimiter } from '../throttles/rate-limiter.ts'
import { configToken } from '../tokens.ts'
import type { HamavaRequest } from './caller.ts'
import { type RouteRules, rulesOf } from './route.ts'
import { sessionTokenOf } from './session-cookie.ts'
import { refuseMalformed } from './well-formed.ts'

const safeMethods = ['GET', 'HEAD', 'OPTIONS']

/** Lets in only whom a route names: checks who is asking, how often, and what they may do. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly limiter: RateLimiter,
    @Inject(configToken) private readonly config: Config,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rules = rulesOf(context.getHandler())
    // A route without rules is open to nobody (health is not a route of ours).
    if (!rules) return context.getClass().name === 'HealthController'
    const request = context.switchToHttp().getRequest<HamavaRequest>()
    const reply = context.switchToHttp().getResponse<FastifyReply>()
    if (rules.needs === 'public') {
      await this.limiter.spend(`ip:${callerNetwork(request.ip)}`, reply)
      return true
    }
    const identity = await this.identified(request, reply)
    await this.limiter.spend(identity.call.actor.viaId, reply)
    refuseWithout(rules, identity)
    const { traceparent } = request
    request.caller = {
      ...identity,
      call: { ...identity.call, ...(traceparent && { traceparent }) },
      idempotency: idempotencyOf(request, identity, rules),
      onReplay: () => void reply.header('Idempotency-Replayed', 'true'),
      askAgain: async () => {
        const now = await this.identify(request)
        refuseWithout(rules, now)
        return now
      },
    }
    return true
  }

  /** Callers without valid credentials are counted by address. */
  private async identified(request: HamavaRequest, reply: FastifyReply): Promise<Identity> {
    try {
      return await this.identify(request)
    } catch (error) {
      if (error instanceof AppError && error.code === 'unauthenticated') {
        await this.limiter.spend(`ip:${callerNetwork(request.ip)}`, reply)
      }
      throw error
    }
  }

  private async identify(request: HamavaRequest): Promise<Identity> {
    const [scheme, bearer] = request.headers.authorization?.split(' ') ?? []
    if (scheme?.toLowerCase() === 'bearer' && bearer) {
      return this.authenticator.byBearer(bearer)
    }
    const cookie = sessionTokenOf(request, this.config.PUBLIC_URL)
    if (!cookie) throw new AppError('unauthenticated')
    const identity = await this.authenticator.bySession(cookie)
    // A browser sends the cookie by itself; the header it sends only when our own page asks.
    const isSafe = safeMethods.includes(request.method)
    if (!isSafe && request.headers['x-csrf-token'] !== identity.csrfToken) {
      throw new AppError('csrf_failed')
    }
    return identity
  }
}

function refuseWithout({ needs }: RouteRules, { permissions, call }: Identity): void {
  if (needs === 'person') {
    if (call.actor.via !== 'session') throw new AppError('people_only')
    return
  }
  if (needs && needs !== 'public' && !permissions.has(needs)) {
    throw new AppError('forbidden', { permission: needs })
  }
}

function idempotencyOf(
  request: HamavaRequest,
  { call }: Identity,
  { keyRequired }: RouteRules,
): Idempotency | undefined {
  if (!['POST', 'PATCH'].includes(request.method)) return undefined
  const key = request.headers['idempotency-key']
  if (!key) {
    if (keyRequired) throw new AppError('idempotency_key_required')
    return undefined
  }
  if (typeof key !== 'string' || key.length > 255) {
    throw new AppError('malformed_request', {
      detail: 'Idempotency-Key has at most 255 characters',
    })
  }
  refuseMalformed(request.body)
  const { memberId, via, viaId } = call.actor
  // A new login of the same person is the same caller; another key is another one.
  const who = via === 'session' ? memberId : viaId
  const path = request.url.split('?')[0]
  return {
    key: canonicalHash([call.workspaceId, who, path, key]),
    // A caller who has lost channels since does not get the kept answer again.
    fingerprint: canonicalHash([
      request.body ?? null,
      request.headers['if-match'] ?? null,
      call.channelIds,
    ]),
  }
}
