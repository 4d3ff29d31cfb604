import { dataSourceOptions } from '@hamava/service-kit'
import { foreignKeys, type TestDatabase, testDatabase } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { DataSource } from 'typeorm'
import { database } from './database.ts'
import { ForeignKeys1796800000300 } from './migrations/1796800000300-foreign-keys.ts'

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
      'revocations FOREIGN KEY (channel_id) REFERENCES channels(id)',
    ])
  })

  const revoke = (channelId: string) =>
    dataSource.query(
      `insert into revocations (channel_id, network, credentials) values ($1, 'sandbox', '')`,
      [channelId],
    )

  it('refuse to revoke access to no channel', async () => {
    await expect(revoke('ch_none')).rejects.toThrow('revocations_channel_id_fkey')
  })

  it('come to data that has orphans, and leave the rest of it as it is', async () => {
    const migration = new ForeignKeys1796800000300()
    const runner = dataSource.createQueryRunner()
    await migration.down(runner)
    await runner.query(
      `insert into channels (id, workspace_id, network, external_id, handle, name, credentials, health, scopes, version)
       values ('ch_1', 'ws_1', 'sandbox', 'mina', 'mina', 'مینا', '', 'ok', '[]', 1)`,
    )
    await revoke('ch_1')
    await revoke('ch_none')
    await migration.up(runner)
    await runner.release()
    expect(await dataSource.query('select channel_id as of from revocations')).toEqual([
      { of: 'ch_1' },
    ])
    expect(await foreignKeys(migrated.url)).toHaveLength(1)
  })
})
