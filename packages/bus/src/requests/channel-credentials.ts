import {
  accessChannel,
  type Channel,
  type Owner,
  type Reason,
  reportLostAccess,
  reportReading,
  systemContext,
  type Unreadable,
} from '@hamava/contracts'
import { Inject, Injectable } from '@nestjs/common'
import { compactDecrypt, exportJWK, generateKeyPair } from 'jose'
import { type BusOptions, busOptionsToken } from '../options.ts'
import { RequestClient } from './request-client.ts'

const alg = 'ECDH-ES+A256KW'
const keepMs = 60_000

/** What publishing grants: the channel at that time, its credentials, and the mailbox it shares with other channels. */
export interface GrantedCredentials {
  channel: Channel
  credentials: unknown
  mailbox: string | null
}

/** Credentials of channels, granted by publishing and sealed to a key that only this process has; cached for a minute. */
@Injectable()
export class ChannelCredentials {
  private readonly service: Owner
  private keys: ReturnType<typeof generateKeyPair> | null = null
  private readonly cached = new Map<string, { granted: GrantedCredentials; until: number }>()

  constructor(
    private readonly requests: RequestClient,
    @Inject(busOptionsToken) { service }: BusOptions,
  ) {
    this.service = service
  }

  /** Throws an `AppError` when publishing does not answer or has no access to give: try later. */
  async open(workspaceId: string, channelId: string): Promise<GrantedCredentials> {
    const known = this.cached.get(channelId)
    if (known && known.until > Date.now()) return known.granted
    this.keys ??= generateKeyPair(alg)
    const { privateKey, publicKey } = await this.keys
    const { sealed, channel, mailbox } = await this.requests.send(
      accessChannel,
      systemContext(workspaceId, this.service),
      { id: channelId, publicKey: { ...(await exportJWK(publicKey)) } },
    )
    const { plaintext } = await compactDecrypt(sealed, privateKey)
    const credentials: unknown = JSON.parse(Buffer.from(plaintext).toString('utf8'))
    const granted = { channel, credentials, mailbox }
    this.cached.set(channelId, { granted, until: Date.now() + keepMs })
    return granted
  }

  /** Tells publishing that the network refuses this access for good. Throws when publishing does not answer. */
  async report(workspaceId: string, id: string, version: number, reason: Reason): Promise<void> {
    const call = systemContext(workspaceId, this.service)
    await this.requests.send(reportLostAccess, call, { id, version, reason })
  }

  /** Tells publishing that a channel cannot be read, or can be again (null). Throws when publishing does not answer. */
  async reportReading(
    workspaceId: string,
    id: string,
    unreadable: Unreadable | null,
  ): Promise<void> {
    const call = systemContext(workspaceId, this.service)
    await this.requests.send(reportReading, call, { id, unreadable })
  }

  /** Forgets what the network no longer accepts; the next `open` asks again. */
  drop(channelId: string): void {
    this.cached.delete(channelId)
  }
}
