import { LeasedWork } from '@hamava/service-kit'
import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common'
import { DataSource } from 'typeorm'
import type { Config } from '../config.ts'
import { configToken } from '../tokens.ts'
import { claimSources } from './claim-sources.ts'
import { ReadSource } from './read-source.ts'
import type { SourceRow } from './source.entity.ts'

/** Reads the sources that are due. */
@Injectable()
export class Poller implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly work: LeasedWork<SourceRow>

  constructor(dataSource: DataSource, reading: ReadSource, @Inject(configToken) config: Config) {
    this.work = new LeasedWork({
      name: 'poller',
      concurrency: 16,
      restMs: Math.min(1_000, config.POLL_MS / 4),
      claim: (owner, room) => claimSources(dataSource, owner, room),
      carryOut: (source) => reading.read(source),
      giveBack: (owner) =>
        dataSource.query(
          'update sources set lease_owner = null, lease_until = null where lease_owner = $1',
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
