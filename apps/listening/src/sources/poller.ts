import { LeasedWork } from '@hamava/service-kit'
import { Inject, Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import type { Config } from '../config.ts'
import { configToken } from '../tokens.ts'
import { leasedSources } from './leased-sources.ts'
import { ReadSource } from './read-source.ts'
import type { SourceRow } from './source.entity.ts'

/** Reads the sources that are due. */
@Injectable()
export class Poller extends LeasedWork<SourceRow> {
  constructor(
    dataSource: DataSource,
    private readonly reading: ReadSource,
    @Inject(configToken) { POLL_MS }: Config,
  ) {
    const rows = leasedSources(dataSource)
    super({ name: 'poller', rows, concurrency: 16, restMs: Math.min(1_000, POLL_MS / 4) })
  }

  carryOut(source: SourceRow): Promise<void> {
    return this.reading.read(source)
  }
}
