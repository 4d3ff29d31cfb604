import { systemContext } from '@hamava/contracts'
import { dataSourceOptions, newId } from '@hamava/service-kit'
import { testDatabase } from '@hamava/service-kit/testing'
import { expect, it } from '@jest/globals'
import { DataSource } from 'typeorm'
import { database } from '../database/database.ts'
import { projectPosts } from './project-posts.ts'

it('begins to measure many posts at once, each once, and their channels with them', async () => {
  await using migrated = await testDatabase(database)
  const dataSource = await new DataSource(dataSourceOptions(migrated.url, database)).initialize()
  const call = systemContext(newId('workspace'), 'publishing')
  const channelIds = [newId('channel'), newId('channel')].sort()
  const posts = Array.from({ length: 40 }, (_, at) => {
    const network = at === 0 ? 'unknown' : 'sandbox'
    return {
      call,
      body: aPost({ channelId: channelIds[at % 2] ?? '', remoteId: `${at}`, network }),
    }
  })
  await projectPosts(dataSource, [...posts.slice(0, 30), ...posts.slice(0, 5)], 1)
  await projectPosts(dataSource, posts, 1)

  const subjects = await dataSource.query<object[]>(
    `select publication_id as "publicationId", post_id as "postId", channel_id as "channelId",
       remote_id as "remoteId", ref, published_at as "publishedAt", next_collect_at is not null as due
     from subjects where workspace_id = $1 order by remote_id::int`,
    [call.workspaceId],
  )
  const channels = await dataSource.query<object[]>(
    'select channel_id as id, version, is_active as active from measured_channels order by 1',
  )
  await dataSource.destroy()
  expect(subjects).toEqual(
    posts.map(({ body: { publicationId, postId, channelId, remoteId, ref, publishedAt } }, at) => ({
      publicationId,
      postId,
      channelId,
      remoteId,
      ref: { value: ref },
      publishedAt: new Date(publishedAt),
      due: at > 0,
    })),
  )
  expect(channels).toEqual(channelIds.map((id) => ({ id, version: 0, active: true })))
})

function aPost(about: { channelId: string; remoteId: string; network: string }) {
  return {
    publicationId: newId('publication'),
    kind: 'post' as const,
    postId: newId('post'),
    messageId: null,
    conversationId: null,
    permalink: null,
    ref: about.remoteId === '1' ? null : { id: about.remoteId },
    publishedAt: new Date().toISOString(),
    ...about,
  }
}
