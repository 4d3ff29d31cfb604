import { LeasedRows } from '@hamava/service-kit'
import type { DataSource } from 'typeorm'
import { SourceRow } from './source.entity.ts'

/** Sources that are to be read. */
export const leasedSources = (dataSource: DataSource) =>
  new LeasedRows(dataSource, { entity: SourceRow, key: 'channelId', notBefore: 'nextPollAt' })
