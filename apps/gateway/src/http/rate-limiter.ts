import { AppError } from '@hamava/service-kit'
import { Inject, Injectable } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { Config } from '../config.ts'
import { configToken } from '../tokens.ts'

const windowSeconds = 60

/** Counts requests per key, session or address, and says in headers what is left. */
@Injectable()
export class RateLimiter {
  private readonly limiter: RateLimiterMemory
  private readonly points: number

  constructor(@Inject(configToken) config: Config) {
    this.points = config.RATE_LIMIT_PER_MINUTE
    this.limiter = new RateLimiterMemory({ points: this.points, duration: windowSeconds })
  }

  async spend(who: string, reply: FastifyReply): Promise<void> {
    const spent = await this.limiter.consume(who).catch((refused: unknown) => {
      if (refused instanceof RateLimiterRes) return refused
      throw refused
    })
    const seconds = Math.max(1, Math.ceil(spent.msBeforeNext / 1000))
    reply.header('RateLimit-Policy', `"burst";q=${this.points};w=${windowSeconds}`)
    reply.header('RateLimit', `"burst";r=${spent.remainingPoints};t=${seconds}`)
    if (spent.consumedPoints > this.points) {
      reply.header('Retry-After', seconds)
      throw new AppError('rate_limited', { seconds: String(seconds) })
    }
  }
}
