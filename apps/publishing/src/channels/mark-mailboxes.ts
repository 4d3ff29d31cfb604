import { registry } from '@hamava/networks'
import { IntervalTask } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { DataSource, In, IsNull } from 'typeorm'
import { ChannelRow } from './channel.entity.ts'
import { ChannelAccess } from './channel-access.ts'

const everyMs = 60 * 60_000
const shared = registry.filter(({ listen }) => listen?.mailboxOf).map(({ manifest }) => manifest.id)

/**
 * Fills `mailbox` on channels that lack it, and again after a key rotation: whether a mailbox is shared is decided by
 * comparing all channels.
 */
@Injectable()
export class MarkMailboxes extends IntervalTask {
  constructor(
    private readonly dataSource: DataSource,
    private readonly access: ChannelAccess,
  ) {
    super({ name: 'mailboxes', restMs: everyMs, firstAfterMs: 0 })
  }

  override async run(): Promise<void> {
    const channels = await this.dataSource
      .getRepository(ChannelRow)
      .findBy({ network: In(shared), removedAt: IsNull() })
    for (const channel of channels) await this.access.markMailbox(channel)
  }
}
