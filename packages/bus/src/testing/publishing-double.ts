import {
  accessChannel,
  type CallContext,
  type InputOf,
  type ParsedInputOf,
  reportLostAccess,
  reportReading,
  resolveChannels,
  resolvePublication,
} from '@hamava/contracts'
import { AppError, createLogger, newId } from '@hamava/service-kit'
import { Controller, Injectable, Module } from '@nestjs/common'
import { CompactEncrypt, importJWK, type JWK } from 'jose'
import { createService, type RunningService } from '../create-service.ts'
import { busEntities, busMigrations } from '../events/bus-tables.ts'
import type { GrantedCredentials } from '../requests/channel-credentials.ts'
import { OnRequest } from '../requests/on-request.ts'
import { aPublication } from './a-publication.ts'

/** The credentials that the double grants by channel, for all its channels, and what it was told. */
@Injectable()
export class Grants {
  readonly of = new Map<
    string,
    Pick<GrantedCredentials, 'channel' | 'credentials'> & Partial<GrantedCredentials>
  >()
  /** How often access was asked for. */
  asked = 0
  /** The channels whose access was reported as lost. */
  readonly lost: string[] = []
  /** The decisions of people that it received. */
  readonly settled: InputOf<typeof resolvePublication>[] = []
  /** The reports on reading channels that it received, in order. */
  readonly reading: InputOf<typeof reportReading>[] = []
}

@Controller()
class AccessController {
  constructor(private readonly grants: Grants) {}

  @OnRequest(accessChannel)
  async grantAccess({ id, publicKey }: ParsedInputOf<typeof accessChannel>) {
    this.grants.asked += 1
    const granted = this.grants.of.get(id)
    if (!granted) throw new AppError('not_found', { what: 'access to channel', id })
    const key = await importJWK(publicKey as JWK, 'ECDH-ES+A256KW')
    const sealed = await new CompactEncrypt(Buffer.from(JSON.stringify(granted.credentials)))
      .setProtectedHeader({ alg: 'ECDH-ES+A256KW', enc: 'A256GCM' })
      .encrypt(key)
    return { channel: granted.channel, sealed, mailbox: granted.mailbox ?? null }
  }

  @OnRequest(resolveChannels)
  async resolve({ ids }: ParsedInputOf<typeof resolveChannels>, { workspaceId }: CallContext) {
    const known = ids.flatMap((id) => this.grants.of.get(id)?.channel ?? [])
    return { channels: known.filter((channel) => channel.workspaceId === workspaceId) }
  }

  @OnRequest(reportLostAccess)
  async report({ id }: ParsedInputOf<typeof reportLostAccess>) {
    this.grants.lost.push(id)
    return { isLost: true }
  }

  @OnRequest(resolvePublication)
  async settle(asked: ParsedInputOf<typeof resolvePublication>, { workspaceId }: CallContext) {
    this.grants.settled.push(asked)
    const { id } = asked
    const kind = { kind: 'message' as const, postId: null, channelId: newId('channel') }
    return aPublication({ id, workspaceId, state: 'cancelled', revision: 1_000, ...kind })
  }

  @OnRequest(reportReading)
  async reportReading(told: ParsedInputOf<typeof reportReading>) {
    this.grants.reading.push(told)
    return {}
  }
}

@Module({ controllers: [AccessController], providers: [Grants] })
class PublishingDoubleModule {}

export const doubleDatabase = { entities: busEntities, migrations: busMigrations }

/** Stands for publishing: knows its channels, grants access to them and says its events, nothing more. */
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
