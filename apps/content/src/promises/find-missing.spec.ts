import { type RequestClient, Transactions } from '@hamava/bus'
import { dataSourceOptions, newId } from '@hamava/service-kit'
import { type TestDatabase, testDatabase } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { DataSource } from 'typeorm'
import { database } from '../database/database.ts'
import { FindMissing } from './find-missing.ts'

describe('the watch over promises', () => {
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

  it('sees what is missing behind hundreds that publishing knows and has not told of', async () => {
    const workspaceId = newId('workspace')
    const ids = Array.from({ length: 1_001 }, () => newId('publication'))
    const lost = ids.at(-1)
    const postId = newId('post')
    await dataSource.query(
      `insert into posts (id, workspace_id, content, tags, state, version, created_at, updated_at)
       values ($1, $2, '{}', '[]', 'approved', 1, now(), now())`,
      [postId, workspaceId],
    )
    await dataSource.query(
      `insert into post_publications (id, post_id, workspace_id, channel_id, network, state, due_at, revision)
       select id, $2, $3, $4, 'sandbox', 'planned', now() - interval '1 hour' + n * interval '1 s', 0
       from unnest($1::text[]) with ordinality as u(id, n)`,
      [ids, postId, workspaceId, newId('channel')],
    )
    const requests = {
      send: async (_contract: unknown, _call: unknown, asked: { ids: string[] }) => ({
        known: asked.ids.filter((id) => id !== lost).map((id) => ({ id, version: 1 })),
      }),
    } as unknown as RequestClient
    const transactions = new Transactions(dataSource, { wake() {} } as never)
    await new FindMissing(dataSource, transactions, requests).run()
    const missing = await dataSource.query<{ id: string }[]>(
      'select id from post_publications where missing_since is not null',
    )
    expect(missing).toEqual([{ id: lost }])
  })
})
