import { connectorOf, NetworkError, type Tools } from '@hamava/networks'
import { IntervalTask } from '@hamava/service-kit'
import { Inject, Injectable } from '@nestjs/common'
import { DataSource, In, IsNull } from 'typeorm'
import { toolsToken } from '../tokens.ts'
import { ChannelRow } from './channel.entity.ts'
import { ChannelAccess } from './channel-access.ts'
import { RevocationRow } from './revocation.entity.ts'

const everyMs = 30_000
const batch = 20
/** More than a day of tries with growing pauses; a server away for longer keeps a token that nobody has any more. */
const mostTries = 12

/** Tells networks that our access to channels is over, once these were disconnected. */
@Injectable()
export class RevokeAccess extends IntervalTask {
  constructor(
    private readonly dataSource: DataSource,
    private readonly access: ChannelAccess,
    @Inject(toolsToken) private readonly tools: Tools,
  ) {
    super({ name: 'revocations', restMs: everyMs })
  }

  /** A channel was just disconnected. */
  wake(): void {
    this.hasten()
  }

  override run(): Promise<void> {
    return this.workThrough(
      batch,
      () => this.take(),
      (one) => this.revoke(one),
    )
  }

  /** Claims due revocations and schedules the next try of each, in case this one does not finish. */
  private async take(): Promise<RevocationRow[]> {
    const [taken] = await this.dataSource.query<[{ id: string }[], number]>(
      `update revocations set tries = tries + 1, next_at = now() + 2 ^ tries * interval '1 minute'
       where channel_id in (select channel_id from revocations where next_at <= now()
         order by next_at limit ${batch} for update skip locked)
       returning channel_id as id`,
    )
    const ids = taken.map(({ id }) => id)
    return this.dataSource.getRepository(RevocationRow).findBy({ channelId: In(ids) })
  }

  private async revoke(one: RevocationRow): Promise<void> {
    try {
      await this.ask(one)
    } catch (error) {
      const { channelId, tries } = one
      this.logger.warn(`access to ${channelId} may still be good at its network: ${String(error)}`)
      const isFinal =
        error instanceof NetworkError && ['rejected', 'reconnect'].includes(error.kind)
      if (!isFinal && tries < mostTries) return
    }
    // Matched by credentials: if the channel was disconnected again meanwhile, its newer revocation stays.
    const { channelId, credentials } = one
    await this.dataSource.getRepository(RevocationRow).delete({ channelId, credentials })
  }

  private async ask({ channelId, network, credentials: sealed }: RevocationRow): Promise<void> {
    const revoke = connectorOf(network)?.connect.revoke
    const credentials = this.access.unseal({ id: channelId, credentials: sealed })
    if (revoke && !(await this.isInUse(channelId, network, credentials)))
      await revoke(credentials, this.tools)
  }

  /**
   * Whether a connected channel still uses this access: one of the same mailbox, or of the same account, to which some
   * networks give the same token again.
   */
  private async isInUse(id: string, network: string, credentials: unknown): Promise<boolean> {
    const channels = this.dataSource.getRepository(ChannelRow)
    const { externalId } = await channels.findOneByOrFail({ id })
    const mailboxes = this.access.mailboxesOf(network, credentials)
    return mailboxes.length > 0
      ? channels.existsBy({ mailbox: In(mailboxes), removedAt: IsNull() })
      : channels.existsBy({ network, externalId, removedAt: IsNull() })
  }
}
