import { ChannelCredentials, type GrantedCredentials, Transactions } from '@hamava/bus'
import type { OutputOf, ParsedInputOf, receiveWebhook } from '@hamava/contracts'
import { connectorOf, type Incoming } from '@hamava/networks'
import { AppError } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { storeIncoming } from '../conversations/store-incoming.ts'
import { hasNewcomers, learn, lockMailbox, shareOut } from '../sources/mailbox.ts'
import { SourceRow } from '../sources/source.entity.ts'

type Received = ParsedInputOf<typeof receiveWebhook>

@Injectable()
export class ReceiveWebhook {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly access: ChannelCredentials,
  ) {}

  /** Stores what a network sent, once its signature is found good. Answers how much of it was new. */
  async receive(received: Received): Promise<OutputOf<typeof receiveWebhook>> {
    const { token: webhookToken } = received
    const source = await this.dataSource
      .getRepository(SourceRow)
      .findOneBy({ webhookToken, isActive: true })
    // The token is a secret: it is not repeated.
    if (!source) throw new AppError('not_found', { what: 'webhook', id: '' })
    const items = await this.parse(source, received)
    const accepted = await this.transactions.run(async (tx) => {
      const sharers = await lockMailbox(tx, source)
      const held = sharers.find(({ channelId }) => channelId === source.channelId)
      // The addressee is not known yet, or no longer: the network should send the items again.
      if (!held || (await hasNewcomers(tx.manager, source)))
        throw new AppError('unavailable', { service: 'listening' })
      return storeIncoming(tx, await shareOut(tx, sharers, held, items))
    })
    return { accepted }
  }

  private async parse(source: SourceRow, { headers, body }: Received): Promise<Incoming[]> {
    const webhook = connectorOf(source.network)?.listen?.webhook
    if (!webhook) throw new AppError('not_found', { what: 'webhook', id: '' })
    const granted = await this.credentialsOf(source)
    await learn(this.dataSource, source, granted)
    const { credentials } = granted
    const bytes = Buffer.from(body, 'base64')
    let items: Incoming[] | null
    try {
      items = webhook.parse(credentials, { headers, body: bytes, secret: source.webhookSecret })
    } catch (cause) {
      throw new AppError('malformed_request', { detail: 'not what the network sends' }, { cause })
    }
    if (!items) throw new AppError('unauthenticated')
    return items
  }

  /** Throws `unavailable` without access, so that the network sends the items again later. */
  private async credentialsOf(source: SourceRow): Promise<GrantedCredentials> {
    try {
      return await this.access.open(source.workspaceId, source.channelId)
    } catch (cause) {
      if (!(cause instanceof AppError)) throw cause
      throw new AppError('unavailable', { service: 'publishing' }, { cause })
    }
  }
}
