import { RequestClient } from '@hamava/bus'
import { accessChannel, systemContext } from '@hamava/contracts'
import { connectorOf } from '@hamava/networks'
import { AppError } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { compactDecrypt, exportJWK, generateKeyPair } from 'jose'

const alg = 'ECDH-ES+A256KW'
const keepMs = 60_000

/** Borrows access to channels from publishing, sealed to a key that this process alone has. */
@Injectable()
export class ChannelAccess {
  private readonly keys = generateKeyPair(alg)
  private readonly borrowed = new Map<string, { credentials: unknown; until: number }>()

  constructor(private readonly requests: RequestClient) {}

  /** Throws an `AppError` when publishing does not answer or has no access to give: try later. */
  async open(workspaceId: string, channelId: string): Promise<unknown> {
    const known = this.borrowed.get(channelId)
    if (known && known.until > Date.now()) return known.credentials
    const { privateKey, publicKey } = await this.keys
    const { network, sealed } = await this.requests.send(
      accessChannel,
      systemContext(workspaceId, 'analytics'),
      { id: channelId, publicKey: { ...(await exportJWK(publicKey)) } },
    )
    const connector = connectorOf(network)
    if (!connector) throw new AppError('unknown_network', { network })
    const { plaintext } = await compactDecrypt(sealed, privateKey)
    const stored: unknown = JSON.parse(Buffer.from(plaintext).toString('utf8'))
    const credentials = connector.connect.credentials.parse(stored)
    this.borrowed.set(channelId, { credentials, until: Date.now() + keepMs })
    return credentials
  }

  /** Forgets what the network no longer accepts; the next `open` asks again. */
  drop(channelId: string): void {
    this.borrowed.delete(channelId)
  }
}
