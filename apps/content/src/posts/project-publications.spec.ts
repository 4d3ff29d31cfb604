import { aPublication } from '@hamava/bus/testing'
import { dataSourceOptions, newId } from '@hamava/service-kit'
import { type TestDatabase, testDatabase } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { DataSource } from 'typeorm'
import { database } from '../database/database.ts'
import { PostPublicationRow } from './post-publication.entity.ts'
import { projectPublications } from './project-publications.ts'

const at = (minute: number) => new Date(Date.UTC(2027, 0, 1, 12, minute)).toISOString()

describe('what became of publications', () => {
  let migrated: TestDatabase
  let dataSource: DataSource

  beforeAll(async () => {
    migrated = await testDatabase(database)
    dataSource = await new DataSource(dataSourceOptions(migrated.url, database)).initialize()
    await dataSource.query(
      `insert into posts (id, workspace_id, content, tags, state, version, created_at, updated_at)
       values ('post', 'ws', '{}', '[]', 'approved', 1, now(), now())`,
    )
  })
  afterAll(async () => {
    await dataSource?.destroy()
    await migrated?.drop()
  })

  const planned = async (count: number) => {
    const ids = Array.from({ length: count }, () => newId('publication'))
    const row = { postId: 'post', workspaceId: 'ws', channelId: 'ch', network: 'sandbox' }
    const rows = ids.map((id) => ({
      ...row,
      id,
      state: 'planned' as const,
      dueAt: at(0),
      revision: 0,
    }))
    await dataSource.getRepository(PostPublicationRow).insert(rows)
    return ids
  }
  const read = (id: string) => dataSource.getRepository(PostPublicationRow).findOneByOrFail({ id })

  it('is noted for many at once, the newest revision of each', async () => {
    const [one = '', two = '', third = ''] = await planned(3)
    const live = { publishedAt: at(2), remoteId: 'r1', permalink: 'https://sandbox/r1' }
    await projectPublications(dataSource, [
      aPublication({ id: one, state: 'sending', revision: 1 }),
      aPublication({ id: two, state: 'sending', revision: 1 }),
      aPublication({ id: one, state: 'published', revision: 3, dueAt: at(1), ...live }),
      aPublication({ id: one, state: 'pending', revision: 2 }),
      aPublication({ id: newId('publication'), state: 'published', revision: 9 }),
    ])
    expect(await read(one)).toMatchObject({
      state: 'published',
      revision: 3,
      ...live,
      publishedAt: new Date(at(2)),
      dueAt: new Date(at(1)),
    })
    expect(await read(two)).toMatchObject({ state: 'sending', revision: 1, publishedAt: null })
    expect(await read(third)).toMatchObject({ state: 'planned', revision: 0 })
    await projectPublications(dataSource, [
      aPublication({ id: one, state: 'sending', revision: 2 }),
      aPublication({ id: two, state: 'held', revision: 2 }),
    ])
    expect(await read(one)).toMatchObject({ state: 'published', revision: 3 })
    expect(await read(two)).toMatchObject({ state: 'held', revision: 2 })
  })

  it('is noted by two at once, whatever the order in which they heard of it', async () => {
    const ids = await planned(50)
    const rounds = Array.from({ length: 40 }, (_, round) =>
      (round % 2 ? ids : ids.toReversed()).map((id) =>
        aPublication({ id, state: 'pending', revision: round + 1 }),
      ),
    )
    await Promise.all(rounds.map((round) => projectPublications(dataSource, round)))
    const revisions = await Promise.all(ids.map(async (id) => (await read(id)).revision))
    expect(new Set(revisions)).toEqual(new Set([rounds.length]))
  })
})
