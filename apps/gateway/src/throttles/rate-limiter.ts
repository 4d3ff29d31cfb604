import { AppError } from '@hamava/service-kit'
import { Inject, Injectable } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { DataSource } from 'typeorm'
import type { Config } from '../config.ts'
import { configToken } from '../tokens.ts'
import { Shares } from './shares.ts'

const windowSeconds = 60

/** Counts requests per key, session or address, and says in headers what is left. */
@Injectable()
export class RateLimiter {
  private readonly shares: Shares
  private readonly most: number

  constructor(dataSource: DataSource, @Inject(configToken) config: Config) {
    this.most = config.RATE_LIMIT_PER_MINUTE
    this.shares = new Shares(dataSource, this.most, windowSeconds * 1000)
  }

  /** Throws `rate_limited`. */
  async spend(who: string, reply: FastifyReply): Promise<void> {
    const { isAllowed, left, msToNextWindow } = await this.shares.spend(who)
    const seconds = Math.ceil(msToNextWindow / 1000)
    reply.header('RateLimit-Policy', `"burst";q=${this.most};w=${windowSeconds}`)
    reply.header('RateLimit', `"burst";r=${left};t=${seconds}`)
    if (!isAllowed) throw new AppError('rate_limited', { seconds: String(seconds) })
  }
}
