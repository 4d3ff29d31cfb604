import { LeasedWork } from '@hamava/service-kit'
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common'
import { DataSource } from 'typeorm'
import type { MeasuredChannelRow } from '../subjects/channel.entity.ts'
import { claimChannels } from './claim-channels.ts'
import { CollectChannel } from './collect-channel.ts'

/** Measures what is due. */
@Injectable()
export class Collector implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly work: LeasedWork<MeasuredChannelRow>

  constructor(dataSource: DataSource, collecting: CollectChannel) {
    this.work = new LeasedWork({
      name: 'collector',
      concurrency: 16,
      restMs: 1_000,
      claim: (owner, room) => claimChannels(dataSource, owner, room),
      carryOut: (channel) => collecting.collect(channel),
      giveBack: (owner) =>
        dataSource.query(
          'update measured_channels set lease_owner = null, lease_until = null where lease_owner = $1',
          [owner],
        ),
    })
  }

  onApplicationBootstrap(): void {
    this.work.start()
  }

  onApplicationShutdown(): Promise<void> {
    return this.work.close()
  }

  /** Looks at once for what is due. */
  wake(): void {
    this.work.wake()
  }
}
