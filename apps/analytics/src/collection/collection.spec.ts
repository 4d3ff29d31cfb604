import { channelChanged, metricsCollected, publicationPublished } from '@hamava/contracts'
import { newId } from '@hamava/service-kit'
import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type AnalyticsWorld, analyticsWorld } from '../testing/analytics-world.ts'

describe('collecting', () => {
  let world: AnalyticsWorld

  beforeAll(async () => {
    world = await analyticsWorld()
  })
  afterAll(() => world?.close())

  const subject = async (publicationId: string) => {
    const sql =
      'select collected, misses, next_collect_at as next from subjects where publication_id = $1'
    const [row] = await world.query<{ collected: number; misses: number; next: Date | null }>(sql, [
      publicationId,
    ])
    return row
  }
  const collected = (publicationId: string, times: number) =>
    eventually(`${times} readings`, async () => {
      const found = await subject(publicationId)
      return found && found.collected >= times ? found : null
    })
  const points = (id: string, metric: 'likes' | 'followers' = 'likes') =>
    world.metrics({ metric, ...(id.startsWith('ch_') ? { channelId: id } : { publicationId: id }) })

  it('reads a post again and again, and tells of every reading', async () => {
    const account = await world.connect('measured')
    const { publicationId, postId } = await world.publish(account)
    await collected(publicationId, 3)
    const { items } = await points(publicationId)
    expect(items).toMatchObject([{ publicationId, postId, network: 'sandbox', metric: 'likes' }])
    expect(items[0]?.points.length).toBeGreaterThanOrEqual(3)
    expect(items[0]?.latest).toEqual(items[0]?.points.at(-1))
    const told = (await world.said(metricsCollected)).filter(
      (body) => body.publicationId === publicationId,
    )
    expect(told.length).toBeGreaterThanOrEqual(3)
    expect(told[0]).toMatchObject({ channelId: account.channel.id, postId })
    expect(Object.keys(told[0]?.metrics ?? {})).toContain('views')
  })

  it('reads the channel itself', async () => {
    const { channel } = await world.connect('followed')
    const series = await eventually('two readings of followers', async () => {
      const { items } = await points(channel.id, 'followers')
      return items[0] && items[0].points.length >= 2 ? items[0] : null
    })
    expect(series).toMatchObject({ channelId: channel.id, publicationId: null, postId: null })
  })

  it('asks for many posts at once, and reads each once per turn with two replicas', async () => {
    const account = await world.connect('many')
    const second = await world.start()
    const published = []
    for (let at = 0; at < 12; at += 1) published.push(await world.publish(account))
    for (const { publicationId } of published) await collected(publicationId, 2)
    for (const { publicationId } of published) {
      const [counts] = await world.query<{ readings: number; collected: number }>(
        `select (select count(*)::int from snapshots where series_id = $1) as readings, collected
         from subjects where publication_id = $2`,
        [`${account.channel.id}/${publicationId}/likes`, publicationId],
      )
      expect(counts?.readings).toBe(counts?.collected)
    }
    await second.close()
  })

  it('stops with a post that is gone, and with what is no post', async () => {
    const account = await world.connect('gone')
    const { publicationId } = await world.publish(account, 'p_gone')
    const gone = await eventually('an end', async () => {
      const found = await subject(publicationId)
      return found && found.next === null ? found : null
    })
    expect(gone).toMatchObject({ collected: 0, misses: 3 })
    const message = newId('publication')
    await world.say(publicationPublished, {
      publicationId: message,
      kind: 'message',
      postId: null,
      messageId: newId('message'),
      conversationId: newId('conversation'),
      channelId: account.channel.id,
      network: 'sandbox',
      remoteId: 'm_1',
      permalink: null,
      ref: null,
      publishedAt: new Date().toISOString(),
    })
    const after = await world.publish(account)
    await collected(after.publicationId, 1)
    expect(await subject(message)).toBeUndefined()
  })

  it('knows a post whose channel it has not heard of', async () => {
    const account = await world.connect('early')
    await world.query('delete from measured_channels where channel_id = $1', [account.channel.id])
    const { publicationId } = await world.publish(account)
    await collected(publicationId, 1)
  })

  it('rests while the channel is removed, and goes on when it is back', async () => {
    const account = await world.connect('leaver')
    const { channel } = account
    const { publicationId } = await world.publish(account)
    await collected(publicationId, 1)
    const removed = { channelId: channel.id, before: channel, after: null }
    await world.say(channelChanged, { ...removed, action: 'removed' })
    await eventually('a rest', async () => {
      const sql = `select 1 from measured_channels
        where channel_id = $1 and not is_active and lease_owner is null`
      return (await world.query(sql, [channel.id]))[0]
    })
    const before = await subject(publicationId)
    await world.query('update subjects set next_collect_at = now() where channel_id = $1', [
      channel.id,
    ])
    const other = await world.publish(await world.connect('other'))
    await collected(other.publicationId, 2)
    expect((await subject(publicationId))?.collected).toBe(before?.collected)
    await world.restart()
    const back = { channelId: channel.id, before: null, after: { ...channel, version: 3 } }
    await world.say(channelChanged, { ...back, action: 'reconnected' })
    await collected(publicationId, (before?.collected ?? 0) + 1)
  })

  it('gets over a time without access, by asking for it anew', async () => {
    const account = await world.connect('locked')
    const { publicationId } = await world.publish(account)
    await collected(publicationId, 1)
    const asked = world.grants.asked
    const revoke = { kind: 'revoke_tokens', handle: 'locked' }
    await world.post('/admin/faults', { ...revoke, forMs: 60_000 })
    const before = await subject(publicationId)
    await world.query('update subjects set next_collect_at = now() where channel_id = $1', [
      account.channel.id,
    ])
    await eventually('a refusal', async () => {
      const sql = 'select 1 from measured_channels where channel_id = $1 and failures > 0'
      return (await world.query(sql, [account.channel.id]))[0]
    })
    await world.post('/admin/faults', { ...revoke, forMs: 1 })
    await collected(publicationId, (before?.collected ?? 0) + 1)
    expect(world.grants.asked).toBeGreaterThan(asked)
  })
})
