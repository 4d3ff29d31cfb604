import { LeasedWork } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import type { MeasuredChannelRow } from '../subjects/channel.entity.ts'
import { CollectChannel } from './collect-channel.ts'
import { leasedChannels } from './leased-channels.ts'

/** Measures what is due. */
@Injectable()
export class Collector extends LeasedWork<MeasuredChannelRow> {
  constructor(
    dataSource: DataSource,
    private readonly collecting: CollectChannel,
  ) {
    const rows = leasedChannels(dataSource)
    super({ name: 'collector', rows, concurrency: 16, restMs: 1_000 })
  }

  carryOut(channel: MeasuredChannelRow): Promise<void> {
    return this.collecting.collect(channel)
  }
}
