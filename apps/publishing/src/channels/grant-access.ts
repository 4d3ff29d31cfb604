import type { accessChannel, CallContext, OutputOf, ParsedInputOf } from '@hamava/contracts'
import { connectorOf } from '@hamava/networks'
import { AppError } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { CompactEncrypt, importJWK, type JWK } from 'jose'
import { ChannelAccess } from './channel-access.ts'
import { ReadChannels } from './read-channels.ts'
import { refusedByNetwork } from './refused-by-network.ts'
import { toChannel } from './to-channel.ts'

/** Lets another service read a channel: the access token alone, sealed to that service's own key. */
@Injectable()
export class GrantAccess {
  constructor(
    private readonly channels: ReadChannels,
    private readonly access: ChannelAccess,
  ) {}

  async grant(
    call: CallContext,
    { id, publicKey }: ParsedInputOf<typeof accessChannel>,
  ): Promise<OutputOf<typeof accessChannel>> {
    const channel = await this.channels.row(call, id)
    if (channel.health !== 'ok') throw new AppError('not_found', { what: 'access to channel', id })
    const opened = await this.access.open(channel)
    if (opened.kind === 'revoked') await this.access.markLost(id, opened.reason)
    if (opened.kind !== 'open') throw refusedByNetwork('temporary', opened.reason)
    const accessOnly = connectorOf(channel.network)?.connect.accessOnly
    const shared = accessOnly ? accessOnly(opened.credentials) : opened.credentials
    const key = await importJWK(publicKey as JWK, 'ECDH-ES+A256KW')
    const sealed = await new CompactEncrypt(Buffer.from(JSON.stringify(shared)))
      .setProtectedHeader({ alg: 'ECDH-ES+A256KW', enc: 'A256GCM' })
      .encrypt(key)
    const mailbox = await this.access.markMailbox(channel)
    return { channel: toChannel(channel), sealed, mailbox }
  }
}
