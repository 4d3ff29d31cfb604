import { finishOAuth, removeChannel, startOAuth } from '@hamava/contracts'
import { type RunningFake, startFake } from '@hamava/networks/doubles'
import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { DataSource } from 'typeorm'
import { type TestWorld, testWorld } from '../testing/world.ts'
import { ChannelRow } from './channel.entity.ts'
import { ChannelAccess } from './channel-access.ts'

describe('connecting at a server that knows apps of its own', () => {
  let server: RunningFake
  let world: TestWorld

  beforeAll(async () => {
    server = await startFake('mastodon')
    world = await testWorld({ HAMAVA_OUTBOUND_ALLOW: [server.url] })
  })
  afterAll(() => Promise.all([world?.close(), server?.close()]))

  const connect = async () => {
    const { authorizeUrl, state } = await world.client.send(startOAuth, world.call, {
      network: 'mastodon',
      fields: { instance: server.connect.instance ?? '' },
      redirectUri: 'https://hamava.example/connected',
    })
    const consent = await fetch(authorizeUrl, { redirect: 'manual' })
    const code = new URL(consent.headers.get('location') ?? '').searchParams.get('code') ?? ''
    const channel = await world.client.send(finishOAuth, world.call, { state, code })
    return { channel, clientId: new URL(authorizeUrl).searchParams.get('client_id') }
  }

  it('registers one app there, and keeps it sealed', async () => {
    const [first, second] = [await connect(), await connect()]
    expect(second.clientId).toBe(first.clientId)
    const kept = await world.sql<{ app: string }>('select app from oauth_apps')
    expect(kept).toHaveLength(1)
    expect(kept[0]?.app).not.toContain(first.clientId ?? 'none')
  })

  it('ends the access at the server when the channel is disconnected', async () => {
    const { channel } = await connect()
    const rows = world.service.app.get(DataSource).getRepository(ChannelRow)
    const held = await rows.findOneByOrFail({ id: channel.id })
    const { accessToken } = world.service.app.get(ChannelAccess).unseal(held) as Held
    const ask = async () => {
      const headers = { authorization: `Bearer ${accessToken}` }
      return (await fetch(`${server.url}/api/v1/accounts/verify_credentials`, { headers })).status
    }
    expect(await ask()).toBe(200)
    await world.client.send(removeChannel, world.call, { id: channel.id })
    expect((await rows.findOneByOrFail({ id: channel.id })).credentials).toBe('')
    await eventually('the server was told', async () => (await ask()) === 401)
    await eventually('nothing is left to tell', async () => {
      const sql = 'select count(*)::int as count from revocations'
      return (await world.sql<{ count: number }>(sql))[0]?.count === 0
    })
  })
})

interface Held {
  accessToken: string
}
