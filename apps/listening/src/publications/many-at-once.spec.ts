import { Transactions, type Tx } from '@hamava/bus'
import {
  answerConversation,
  type BodyOf,
  conversationChanged,
  getConversation,
  publicationPublished,
} from '@hamava/contracts'
import { newId } from '@hamava/service-kit'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type ListeningWorld, listeningWorld } from '../testing/listening-world.ts'
import { linkPosts } from './link-posts.ts'
import { projectAnswers } from './project-answers.ts'

type Published = BodyOf<typeof publicationPublished>

describe('many publications at once', () => {
  let world: ListeningWorld

  beforeAll(async () => {
    world = await listeningWorld()
  })
  afterAll(() => world?.close())

  const together = (work: (tx: Tx) => Promise<void>) =>
    world.service.app.get(Transactions).run(work)

  const know = (bodies: Published[]) =>
    together((tx) => {
      const about = { call: world.call, causationId: null, deliveries: 1, tx }
      return linkPosts(
        tx,
        bodies.map((body) => ({ ...about, eventId: newId('event'), body })),
      )
    })

  const aPost = (channelId: string, remoteId: string): Published => ({
    publicationId: newId('publication'),
    kind: 'post',
    postId: newId('post'),
    messageId: null,
    conversationId: null,
    channelId,
    network: 'sandbox',
    remoteId,
    permalink: null,
    ref: null,
    publishedAt: new Date().toISOString(),
  })

  it('are all known, the later word on one of them last, and linked to what came before', async () => {
    const { channel, token } = await world.connect('burst')
    const remoteId = await world.writeAs(token, '/posts', { text: 'early' })
    await world.write('comments', { postId: remoteId, text: 'nice' })
    const conversation = await world.thread(channel.id, 1)
    const post = aPost(channel.id, remoteId)
    const others = Array.from({ length: 60 }, (_, at) => aPost(channel.id, `other-${at}`))
    const later = { ...post, postId: newId('post') }
    await know([...others, { ...post, remoteId: 'not yet' }, later])
    const known = await world.query<{ id: string; remote: string }>(
      'select publication_id as id, remote_id as remote from known_posts where channel_id = $1 order by 1',
      [channel.id],
    )
    const byId = [...others, later].sort((a, b) => (a.publicationId < b.publicationId ? -1 : 1))
    expect(known).toEqual(byId.map((one) => ({ id: one.publicationId, remote: one.remoteId })))
    const { publicationId, postId } = later
    const linked = await world.ask(getConversation, { id: conversation.id })
    expect(linked).toMatchObject({ publicationId, postId, version: conversation.version + 1 })
    await know([post])
    const changes = (await world.said(conversationChanged)).filter(
      ({ conversationId, action }) => conversationId === conversation.id && action === 'edited',
    )
    expect(changes).toHaveLength(1)
  })

  it('end in the newest state of an answer that is several times among them', async () => {
    const { channel } = await world.connect('answered')
    await world.write('messages', { handle: 'answered', text: 'hi' })
    const { id } = await world.thread(channel.id, 1)
    const message = await world.ask(answerConversation, { id, message: { text: 'hello' } })
    const none = { remoteId: null, permalink: null, reason: null }
    await together((tx) => {
      const about = { tx, call: world.call, publicationId: message.publicationId ?? '' }
      return projectAnswers(tx, [
        { ...about, state: 'held', revision: 5, ...none },
        { ...about, state: 'sending', revision: 3, ...none },
        { ...about, publicationId: newId('publication'), state: 'held', revision: 1, ...none },
        {
          ...about,
          state: 'published',
          revision: null,
          remoteId: 'm_9',
          permalink: null,
          reason: null,
        },
        { ...about, state: 'sending', revision: 6, ...none },
      ])
    })
    const changes = (await world.said(conversationChanged)).filter(
      (change) => change.conversationId === id && change.action === 'message_changed',
    )
    expect(changes.map((change) => change.message?.state)).toEqual(['held', 'published'])
  })
})
