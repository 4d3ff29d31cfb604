import { Transactions } from '@hamava/bus'
import { type Listen, NetworkError, type Tools } from '@hamava/networks'
import { Inject, Injectable, Logger } from '@nestjs/common'
import { DataSource } from 'typeorm'
import type { Config } from '../config.ts'
import { lockMailbox } from '../sources/mailbox.ts'
import { SourceRow } from '../sources/source.entity.ts'
import { configToken, toolsToken } from '../tokens.ts'

const retryMs = 60 * 60_000

/** Registers webhooks, where networks have them and can reach us. */
@Injectable()
export class RegisterWebhook {
  private readonly logger = new Logger('webhooks')

  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    @Inject(configToken) private readonly config: Config,
    @Inject(toolsToken) private readonly tools: Tools,
  ) {}

  /** Whether the network knows our address now. Where it refuses the address, polling goes on. */
  async ensure(source: SourceRow, { webhook }: Listen, credentials: unknown): Promise<boolean> {
    const url = this.addressFor(source)
    const isReachable = url !== null && (url.startsWith('https:') || !webhook?.needsHttps)
    if (!webhook || !isReachable) return source.webhookUrl !== null
    if (source.webhookUrl === url) return true
    if (source.webhookRetryAt && source.webhookRetryAt.getTime() > Date.now()) return false
    const { channelId, webhookSecret: secret } = source
    try {
      await webhook.register(credentials, { url, secret }, this.tools)
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error
      this.logger.warn(`channel ${channelId} is polled, as its network refused: ${error.message}`)
      const webhookRetryAt = new Date(Date.now() + retryMs)
      await this.dataSource.getRepository(SourceRow).update({ channelId }, { webhookRetryAt })
      return false
    }
    await this.transactions.run(async (tx) => {
      // A mailbox has one address: registering this one replaced that of any former reader.
      for (const { channelId: id } of await lockMailbox(tx, source))
        await tx.manager.update(SourceRow, id, {
          webhookUrl: id === channelId ? url : null,
          webhookRetryAt: null,
        })
    })
    return true
  }

  private addressFor({ webhookToken }: SourceRow): string | null {
    const base = this.config.PUBLIC_URL?.replace(/\/+$/, '')
    return base ? `${base}/v1/hooks/${webhookToken}` : null
  }
}
