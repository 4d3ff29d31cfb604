import { connectorOf, type Json, NetworkError, type Tools } from '@hamava/networks'
import { IntervalTask } from '@hamava/service-kit'
import { Inject, Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { ChannelRow } from '../channels/channel.entity.ts'
import { ChannelAccess } from '../channels/channel-access.ts'
import { toolsToken } from '../tokens.ts'
import type { DiscardRow } from './discard.entity.ts'

const everyMs = 5_000
const batch = 20
/** After this many tries the upload stays on the network, which does no harm. */
const mostTries = 5

type Discard = Pick<DiscardRow, 'id' | 'channelId' | 'state'>

/** Deletes unused uploads from networks that allow it. */
@Injectable()
export class DiscardUploads extends IntervalTask {
  constructor(
    private readonly dataSource: DataSource,
    private readonly access: ChannelAccess,
    @Inject(toolsToken) private readonly tools: Tools,
  ) {
    super({ name: 'uploads', restMs: everyMs })
  }

  override run(): Promise<void> {
    return this.workThrough(
      batch,
      () => this.take(),
      (one) => this.discard(one),
    )
  }

  /** Claims due discards and schedules the next try of each, in case this one does not finish. */
  private async take(): Promise<Discard[]> {
    const [taken] = await this.dataSource.query<[Discard[], number]>(
      `update discards d set tries = d.tries + 1, next_at = clock_timestamp() + d.tries * interval '1 minute' + interval '1 minute'
       from (select id from discards where next_at <= clock_timestamp()
             order by id limit ${batch} for update skip locked) due
       where d.id = due.id returning d.id, d.channel_id as "channelId", d.state`,
    )
    await this.dataSource.query('delete from discards where tries > $1', [mostTries])
    return taken
  }

  private async discard({ id, channelId, state }: Discard): Promise<void> {
    try {
      await this.ask(channelId, state.value as Json)
    } catch (error) {
      this.logger.warn(`an upload on ${channelId} could not be taken back: ${String(error)}`)
      // The network refused: the upload is gone already, or a post uses it after all.
      if (!(error instanceof NetworkError) || error.kind !== 'rejected') return
    }
    await this.dataSource.query('delete from discards where id = $1', [id])
  }

  /** Does nothing if the channel has no access. */
  private async ask(channelId: string, state: Json): Promise<void> {
    const channel = await this.dataSource.manager.findOneBy(ChannelRow, { id: channelId })
    if (!channel || channel.removedAt || channel.health !== 'ok') return
    const discard = connectorOf(channel.network)?.publish?.discard
    if (!discard) return
    const access = await this.access.open(channel)
    if (access.kind === 'open') await discard(access.credentials, state, this.tools)
  }
}
