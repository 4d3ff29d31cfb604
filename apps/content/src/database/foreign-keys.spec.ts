import { dataSourceOptions } from '@hamava/service-kit'
import { foreignKeys, type TestDatabase, testDatabase } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { DataSource } from 'typeorm'
import { database } from './database.ts'
import { ForeignKeys1796800000000 } from './migrations/1796800000000-foreign-keys.ts'

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
      'post_publications FOREIGN KEY (post_id) REFERENCES posts(id)',
      'revisions FOREIGN KEY (post_id) REFERENCES posts(id)',
      'unsettled_changes FOREIGN KEY (post_id) REFERENCES posts(id)',
    ])
  })

  const revise = (postId: string) =>
    dataSource.query(
      `insert into revisions (post_id, version, at, action, said) values ($1, 1, now(), 'created', '{}')`,
      [postId],
    )
  const plan = (id: string, postId: string) =>
    dataSource.query(
      `insert into post_publications (id, post_id, workspace_id, channel_id, network, state, due_at, revision)
       values ($1, $2, 'ws_1', 'ch_1', 'sandbox', 'planned', now(), 0)`,
      [id, postId],
    )

  it('refuse what is of no post', async () => {
    await expect(revise('post_none')).rejects.toThrow('revisions_post_id_fkey')
    await expect(plan('pub_none', 'post_none')).rejects.toThrow('post_publications_post_id_fkey')
  })

  it('come to data that has orphans, and leave the rest of it as it is', async () => {
    const migration = new ForeignKeys1796800000000()
    const runner = dataSource.createQueryRunner()
    await migration.down(runner)
    await runner.query(
      `insert into posts (id, workspace_id, content, tags, state, version, created_at, updated_at, deleted_at)
       values ('post_1', 'ws_1', '{}', '[]', 'draft', 1, now(), now(), now())`,
    )
    for (const postId of ['post_1', 'post_none']) {
      await revise(postId)
      await plan(`pub_of_${postId}`, postId)
    }
    await migration.up(runner)
    await runner.release()
    const of = (table: string) => dataSource.query(`select post_id as of from ${table}`)
    expect(await of('revisions')).toEqual([{ of: 'post_1' }])
    expect(await of('post_publications')).toEqual([{ of: 'post_1' }])
    expect(await foreignKeys(migrated.url)).toHaveLength(3)
  })
})
