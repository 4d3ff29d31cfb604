import { serviceWorld } from '@hamava/bus/testing'
import {
  type CallContext,
  type Channel,
  type InputOf,
  listMetrics,
  publicationPublished,
} from '@hamava/contracts'
import { createSandbox } from '@hamava/networks/sandbox-server'
import { newId } from '@hamava/service-kit'
import { database } from '../database/database.ts'
import { create } from '../service.ts'

/** A minute is 18 ms, an hour one second. */
const CADENCE_SCALE = 0.0003

/** Analytics with real PostgreSQL, NATS and sandbox network; only publishing is a double. */
export async function analyticsWorld() {
  const world = await serviceWorld({
    database,
    sandbox: await createSandbox(),
    create: (config) => create({ ...config, CADENCE_SCALE }),
  })

  return Object.assign(world, {
    metrics: (input: InputOf<typeof listMetrics>, as?: CallContext) =>
      world.ask(listMetrics, input, as),
    /** A post goes live on the sandbox, and publishing tells of it. */
    async publish({ channel, token }: { channel: Channel; token: string }, remoteId?: string) {
      const id =
        remoteId ?? (await world.post<{ id: string }>('/posts', { text: 'hello' }, token)).id
      const body = {
        publicationId: newId('publication'),
        kind: 'post' as const,
        postId: newId('post'),
        messageId: null,
        conversationId: null,
        channelId: channel.id,
        network: channel.network,
        remoteId: id,
        permalink: null,
        ref: { id },
        publishedAt: new Date().toISOString(),
      }
      await world.say(publicationPublished, body)
      return body
    },
  })
}

export type AnalyticsWorld = Awaited<ReturnType<typeof analyticsWorld>>
