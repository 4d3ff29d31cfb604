import { serviceWorld } from '@hamava/bus/testing'
import { getConversation, listConversations } from '@hamava/contracts'
import { createSandbox } from '@hamava/networks/sandbox-server'
import { eventually } from '@hamava/service-kit/testing'
import type { Config } from '../config.ts'
import { database } from '../database/database.ts'
import { create } from '../service.ts'

/** Listening with real PostgreSQL, NATS and sandbox network; only publishing is a double. */
export async function listeningWorld(overrides: Partial<Config> = {}) {
  const { HAMAVA_OUTBOUND_ALLOW: allowed = [] } = overrides
  const world = await serviceWorld({
    database,
    sandbox: await createSandbox(),
    create: (config) =>
      create({
        ...config,
        POLL_MS: 100,
        ...overrides,
        HAMAVA_OUTBOUND_ALLOW: [...config.HAMAVA_OUTBOUND_ALLOW, ...allowed],
      }),
  })
  const { ask, post, query } = world

  /** Somebody writes on the sandbox; gives the id of what they wrote. */
  const write = async (kind: 'comments' | 'mentions' | 'messages', body: object) => {
    const { items } = await post<{ items: { id: string }[] }>(`/admin/${kind}`, body)
    return items[0]?.id ?? ''
  }

  /** Speaks to the sandbox as the account does; gives the id of what was written. */
  const writeAs = async (token: string, path: '/posts' | '/messages', body: object) =>
    (await post<{ id: string }>(path, body, token)).id

  const conversations = async (channelId: string) =>
    (await ask(listConversations, { channelId })).items

  /** The only conversation of a channel, once it has this many messages. */
  const thread = (channelId: string, messageCount: number) =>
    eventually(`a conversation of ${messageCount} messages`, async () => {
      const found = (await conversations(channelId))[0]
      if (found?.messageCount !== messageCount) return null
      return ask(getConversation, { id: found.id })
    })

  /** Waits until the channel was read once more. */
  const settle = async (channelId: string) => {
    await query('update sources set next_poll_at = now() where channel_id = $1', [channelId])
    const [before] = await query<{ at: Date }>('select now() as at')
    await eventually('another reading', async () => {
      const [row] = await query<{ done: boolean }>(
        'select lease_owner is null and next_poll_at > $2 as done from sources where channel_id = $1',
        [channelId, before?.at],
      )
      return row?.done
    })
  }

  return Object.assign(world, { write, writeAs, conversations, thread, settle })
}

export type ListeningWorld = Awaited<ReturnType<typeof listeningWorld>>
