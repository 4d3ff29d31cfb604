import { Transactions } from '@hamava/bus'
import { aPublication } from '@hamava/bus/testing'
import { emptyContent, systemContext } from '@hamava/contracts'
import { dataSourceOptions, newId } from '@hamava/service-kit'
import { type TestDatabase, testDatabase } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { DataSource } from 'typeorm'
import { database } from '../database/database.ts'
import { PostRow } from './post.entity.ts'
import { PostPublicationRow } from './post-publication.entity.ts'
import { mint, newPublications, openPost, saveNewPost, savePublications } from './post-store.ts'
import { projectPublications } from './project-publications.ts'

const later = new Date(Date.UTC(2027, 5, 1))

describe('the publications of a post that is being changed', () => {
  let migrated: TestDatabase
  let dataSource: DataSource
  let transactions: Transactions
  const call = systemContext(newId('workspace'), 'test')

  beforeAll(async () => {
    migrated = await testDatabase(database)
    dataSource = await new DataSource(dataSourceOptions(migrated.url, database)).initialize()
    transactions = new Transactions(dataSource, { wake() {} } as never)
  })
  afterAll(async () => {
    await dataSource?.destroy()
    await migrated?.drop()
  })

  const aPost = async () => {
    const channelIds = [newId('channel'), newId('channel')]
    const row = Object.assign(new PostRow(), {
      id: newId('post'),
      workspaceId: call.workspaceId,
      authorId: null,
      content: {
        ...emptyContent,
        text: 'دو کانال',
        targets: channelIds.map((channelId) => ({ channelId })),
      },
      campaignId: null,
      tags: [],
      state: 'approved',
      schedule: null,
      review: null,
      version: 1,
      createdAt: new Date(),
      updatedAt: new Date(),
      deletedAt: null,
    })
    const schedule = { dueAt: new Date().toISOString() } as never
    const publications = newPublications(row, mint(channelIds, new Map()), schedule)
    await transactions.run((tx) => saveNewPost(tx, call, row, publications))
    const [one = '', other = ''] = publications.map(({ id }) => id).sort()
    return { id: row.id, one, other }
  }
  const read = (id: string) => dataSource.getRepository(PostPublicationRow).findOneByOrFail({ id })

  it('keep what events tell of the others meanwhile, and of the changed one afterwards', async () => {
    const { id, one, other } = await aPost()
    const live = { publishedAt: later.toISOString(), remoteId: 'r', permalink: 'https://x.test/r' }
    await transactions.run(async (tx) => {
      const post = await openPost(tx, call, id)
      // While publishing is asked, another transaction hears that the other one is live.
      const heard = aPublication({ id: other, state: 'published', revision: 5, ...live })
      await projectPublications(dataSource, [heard])
      for (const row of post.publications.filter((known) => known.id === one))
        Object.assign(row, { dueAt: later, revision: 2 })
      await savePublications(tx, [post])
    })
    expect(await read(other)).toMatchObject({ state: 'published', revision: 5, remoteId: 'r' })
    expect(await read(one)).toMatchObject({ state: 'planned', revision: 2, dueAt: later })
  })

  it('are not taken back to what is older than an event', async () => {
    const { id, one } = await aPost()
    await transactions.run(async (tx) => {
      const post = await openPost(tx, call, id)
      await projectPublications(dataSource, [
        aPublication({ id: one, state: 'sending', revision: 7 }),
      ])
      for (const row of post.publications) Object.assign(row, { dueAt: later, revision: 3 })
      await savePublications(tx, [post])
    })
    expect(await read(one)).toMatchObject({ state: 'sending', revision: 7 })
  })

  it('are closed by a word on one of them, and not by what takes back the post', async () => {
    const { one, other } = await aPost()
    const reason = {
      code: 'accepted_as_it_is',
      message: { en: '', fa: '' },
      fix: { en: '', fa: '' },
    }
    await projectPublications(dataSource, [
      aPublication({ id: one, state: 'cancelled', revision: 1, reason }),
      aPublication({ id: other, state: 'cancelled', revision: 1, reason: null }),
    ])
    expect([(await read(one)).isClosed, (await read(other)).isClosed]).toEqual([true, false])
  })
})
