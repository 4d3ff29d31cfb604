import { dataSourceOptions } from '@hamava/service-kit'
import { foreignKeys, type TestDatabase, testDatabase } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { DataSource } from 'typeorm'
import { database } from './database.ts'
import { ForeignKeys1796800000200 } from './migrations/1796800000200-foreign-keys.ts'

describe('foreign keys', () => {
  let migrated: TestDatabase
  let dataSource: DataSource

  beforeAll(async () => {
    migrated = await testDatabase(database)
    dataSource = await new DataSource(dataSourceOptions(migrated.url, database)).initialize()
  })
  afterAll(async () => {
    await dataSource?.destroy()
    await migrated?.drop()
  })

  it('stand where the parent is written before the child, or with it', async () => {
    expect(await foreignKeys(migrated.url)).toEqual([
      'snapshots FOREIGN KEY (series_id) REFERENCES series(id)',
      'subjects FOREIGN KEY (channel_id) REFERENCES measured_channels(channel_id)',
    ])
  })

  const read = (seriesId: string) =>
    dataSource.query('insert into snapshots values ($1, now(), 1)', [seriesId])
  const measure = (id: string, channelId: string) =>
    dataSource.query(
      `insert into subjects (publication_id, workspace_id, channel_id, network, remote_id, ref, published_at)
       values ($1, 'ws_1', $2, 'sandbox', $1, '{}', now())`,
      [id, channelId],
    )

  it('refuse a reading of no series, and a post of a channel that is not known', async () => {
    await expect(read('none')).rejects.toThrow('snapshots_series_id_fkey')
    await expect(measure('pub_1', 'ch_none')).rejects.toThrow('subjects_channel_id_fkey')
  })

  it('come to data that has orphans: their channels are made known', async () => {
    const migration = new ForeignKeys1796800000200()
    const runner = dataSource.createQueryRunner()
    await migration.down(runner)
    await runner.query(
      `insert into series values ('kept', 'ws_1', 'ch_1', 'sandbox', null, null, 'likes', now(), 1)`,
    )
    await read('kept')
    await read('none')
    await measure('pub_1', 'ch_1')
    await measure('pub_2', 'ch_1')
    await migration.up(runner)
    await runner.release()
    expect(await dataSource.query('select series_id as of from snapshots')).toEqual([
      { of: 'kept' },
    ])
    expect(await dataSource.query('select channel_id, version from measured_channels')).toEqual([
      { channel_id: 'ch_1', version: 0 },
    ])
    expect(await foreignKeys(migrated.url)).toHaveLength(2)
  })
})
