import type { Publication } from '@hamava/contracts'
import { dataSourceOptions, newId } from '@hamava/service-kit'
import { type TestDatabase, testDatabase } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { DataSource } from 'typeorm'
import { database } from '../database/database.ts'
import { notePublications } from './note-publications.ts'
import { PostPublicationRow } from './post-publication.entity.ts'

const at = (minute: number) => new Date(Date.UTC(2027, 0, 1, 12, minute)).toISOString()

describe('what became of publications', () => {
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
    await notePublications(dataSource, [
      aPublication(one, 'sending', 1),
      aPublication(two, 'sending', 1),
      { ...aPublication(one, 'published', 3), ...live },
      aPublication(one, 'pending', 2),
      aPublication(newId('publication'), 'published', 9),
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
    await notePublications(dataSource, [
      aPublication(one, 'sending', 2),
      aPublication(two, 'held', 2),
    ])
    expect(await read(one)).toMatchObject({ state: 'published', revision: 3 })
    expect(await read(two)).toMatchObject({ state: 'held', revision: 2 })
  })

  it('is noted by two at once, whatever the order in which they heard of it', async () => {
    const ids = await planned(50)
    const rounds = Array.from({ length: 40 }, (_, round) =>
      (round % 2 ? ids : ids.toReversed()).map((id) => aPublication(id, 'pending', round + 1)),
    )
    await Promise.all(rounds.map((round) => notePublications(dataSource, round)))
    const revisions = await Promise.all(ids.map(async (id) => (await read(id)).revision))
    expect(new Set(revisions)).toEqual(new Set([rounds.length]))
  })
})

function aPublication(id: string, state: Publication['state'], revision: number): Publication {
  return {
    id,
    workspaceId: 'ws',
    kind: 'post',
    postId: 'post',
    messageId: null,
    campaignId: null,
    channelId: 'ch',
    network: 'sandbox',
    state,
    dueAt: at(1),
    nextAttemptAt: null,
    publishedAt: null,
    latenessMs: null,
    remoteId: null,
    permalink: null,
    parts: [],
    partCount: 1,
    approved: true,
    reason: null,
    risks: [],
    holdId: null,
    version: 1,
    revision,
    createdAt: at(0),
  }
}
