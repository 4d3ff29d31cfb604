import { emptyContent } from '@hamava/contracts'
import { dataSourceOptions } from '@hamava/service-kit'
import { type TestDatabase, testDatabase } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { DataSource } from 'typeorm'
import { PostRow } from '../../posts/post.entity.ts'
import { database } from '../database.ts'
import { PostContent1796700000000 } from './1796700000000-post-content.ts'

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

it('keeps what the posts of before said, and gives it back', async () => {
  const migration = new PostContent1796700000000()
  const runner = dataSource.createQueryRunner()
  const before = {
    text: 'سلام "دنیا"\n',
    assets: [{ id: 'ast_1', alt: 'گربه' }],
    parts: [{ text: 'دو' }],
    first_comment: null,
    targets: [{ channelId: 'ch_1', variant: { firstComment: null } }],
  }
  await migration.down(runner)
  await runner.query(
    `insert into posts (id, workspace_id, text, assets, parts, first_comment, targets, tags, state, version, created_at, updated_at)
     values ('post_1', 'ws_1', $1, $2, $3, $4, $5, '[]', 'draft', 1, now(), now())`,
    Object.values(before).map((value) =>
      typeof value === 'object' && value ? JSON.stringify(value) : value,
    ),
  )
  await migration.up(runner)
  const { first_comment: firstComment, ...same } = before
  expect(
    (await dataSource.getRepository(PostRow).findOneByOrFail({ id: 'post_1' })).content,
  ).toEqual({
    ...emptyContent,
    ...same,
    firstComment,
  })
  await migration.down(runner)
  const columns = 'text, assets, parts, first_comment, targets'
  expect(await runner.query(`select ${columns} from posts`)).toEqual([before])
  await migration.up(runner)
  await runner.release()
})
