import {
  accessChannel,
  type CallContext,
  type InputOf,
  type ParsedInputOf,
  reportLostAccess,
  reportReading,
  settlePublication,
} from '@hamava/contracts'
import { AppError, createLogger, newId } from '@hamava/service-kit'
import { Controller, Injectable, Module } from '@nestjs/common'
import { CompactEncrypt, importJWK, type JWK } from 'jose'
import { createService, type RunningService } from '../create-service.ts'
import { busEntities, busMigrations } from '../events/bus-tables.ts'
import type { Lent } from '../requests/borrowed-access.ts'
import { OnRequest } from '../requests/on-request.ts'
import { aPublication } from './a-publication.ts'

/** What it lends, by channel. */
@Injectable()
export class Lendings {
  readonly of = new Map<string, Pick<Lent, 'channel' | 'credentials'> & Partial<Lent>>()
  /** How often access was asked for. */
  asked = 0
  /** The channels whose access was reported as lost. */
  readonly lost: string[] = []
  /** What was settled by a person's word. */
  readonly settled: InputOf<typeof settlePublication>[] = []
  /** What was told of reading them, in order. */
  readonly reading: InputOf<typeof reportReading>[] = []
}

@Controller()
class AccessController {
  constructor(private readonly lendings: Lendings) {}

  @OnRequest(accessChannel)
  async lend({ id, publicKey }: ParsedInputOf<typeof accessChannel>) {
    this.lendings.asked += 1
    const lent = this.lendings.of.get(id)
    if (!lent) throw new AppError('not_found', { what: 'access to channel', id })
    const key = await importJWK(publicKey as JWK, 'ECDH-ES+A256KW')
    const sealed = await new CompactEncrypt(Buffer.from(JSON.stringify(lent.credentials)))
      .setProtectedHeader({ alg: 'ECDH-ES+A256KW', enc: 'A256GCM' })
      .encrypt(key)
    return { channel: lent.channel, sealed, mailbox: lent.mailbox ?? null }
  }

  @OnRequest(reportLostAccess)
  async report({ id }: ParsedInputOf<typeof reportLostAccess>) {
    this.lendings.lost.push(id)
    return { isLost: true }
  }

  @OnRequest(settlePublication)
  async settle(asked: ParsedInputOf<typeof settlePublication>, { workspaceId }: CallContext) {
    this.lendings.settled.push(asked)
    const { id } = asked
    const kind = { kind: 'message' as const, postId: null, channelId: newId('channel') }
    return aPublication({ id, workspaceId, state: 'cancelled', revision: 1_000, ...kind })
  }

  @OnRequest(reportReading)
  async reportReading(told: ParsedInputOf<typeof reportReading>) {
    this.lendings.reading.push(told)
    return {}
  }
}

@Module({ controllers: [AccessController], providers: [Lendings] })
class PublishingDoubleModule {}

export const doubleDatabase = { entities: busEntities, migrations: busMigrations }

/** Stands for publishing: lends access and says its events, nothing more. */
export async function startPublishingDouble(
  natsUrl: string,
  databaseUrl: string,
): Promise<RunningService> {
  const service = await createService({
    service: 'publishing',
    natsUrl,
    consumes: [],
    databaseUrl,
    database: doubleDatabase,
    modules: [PublishingDoubleModule],
    http: { port: 0, host: '127.0.0.1' },
    logger: createLogger('publishing', process.env.HAMAVA_TEST_LOG ?? 'fatal'),
  })
  await service.start()
  return service
}
