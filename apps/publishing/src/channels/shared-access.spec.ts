import {
  accessChannel,
  type CallContext,
  connectChannel,
  getChannel,
  removeChannel,
  reportReading,
  systemContext,
} from '@hamava/contracts'
import { type RunningFake, startFake } from '@hamava/networks/doubles'
import { newId } from '@hamava/service-kit'
import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { exportJWK, generateKeyPair } from 'jose'
import { type TestWorld, testWorld } from '../testing/world.ts'

describe('channels of one access', () => {
  let telegram: RunningFake
  let world: TestWorld

  beforeAll(async () => {
    telegram = await startFake('telegram')
    world = await testWorld({ HAMAVA_OUTBOUND_ALLOW: [telegram.url] })
  })
  afterAll(() => Promise.all([world?.close(), telegram?.close()]))

  const elsewhere = systemContext(newId('workspace'), 'test')
  const connect = (chat: string, call: CallContext = world.call) =>
    world.client.send(connectChannel, call, {
      network: 'telegram',
      method: 'bot_token',
      fields: { ...telegram.connect, chat },
    })
  const mailboxOf = async (id: string) => {
    const { publicKey } = await generateKeyPair('ECDH-ES+A256KW', { extractable: true })
    const key = { ...(await exportJWK(publicKey)) }
    return (await world.client.send(accessChannel, world.call, { id, publicKey: key })).mailbox
  }

  it('share a mailbox, whose mark tells nothing of it', async () => {
    const [one, other] = [await connect('@hamava'), await connect('@hamava_two')]
    const mailbox = await mailboxOf(one.id)
    expect(mailbox).toBeTruthy()
    expect(await mailboxOf(other.id)).toBe(mailbox)
    expect(mailbox).not.toContain(String(telegram.connect.token).slice(-10))
    // From before there were marks, or under a key that is gone, it gets its mark when it is lent.
    await world.sql('update channels set mailbox = null where id = $1', [other.id])
    expect(await mailboxOf(other.id)).toBe(mailbox)
    const sql = 'select mailbox from channels where id = $1'
    expect(await world.sql(sql, [other.id])).toEqual([{ mailbox }])
  })

  it('are not connected by another workspace, which is not told whose they are', async () => {
    const { id } = await connect('@hamava')
    const refused = connect('@hamava_two', elsewhere)
    await expect(refused).rejects.toMatchObject({ code: 'access_elsewhere', params: {} })
    await world.client.send(removeChannel, world.call, { id })
    await expect(connect('@hamava', elsewhere)).rejects.toMatchObject({ code: 'access_elsewhere' })
    const others = await world.sql<{ id: string }>(
      'select id from channels where removed_at is null and mailbox is not null',
    )
    for (const other of others) await world.client.send(removeChannel, world.call, other)
    expect((await connect('@hamava', elsewhere)).workspaceId).toBe(elsewhere.workspaceId)
  })

  it('stop being sent to when the last of them is disconnected, and not before', async () => {
    await world.sql('update channels set removed_at = now()')
    const ids = [(await connect('@hamava')).id, (await connect('@hamava_two')).id]
    const { apiUrl, token } = telegram.connect
    const ask = async (method: string, body: object) => {
      const reply = await fetch(`${apiUrl}/bot${token}/${method}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      return reply.status
    }
    const told = () =>
      eventually('the network was told', async () => {
        const [left] = await world.sql<{ count: number }>(
          'select count(*)::int as count from revocations',
        )
        return left?.count === 0
      })
    await ask('setWebhook', {
      url: 'https://hamava.example/v1/hooks/token',
      secret_token: 'a-secret',
    })
    await world.client.send(removeChannel, world.call, { id: ids[0] ?? '' })
    await told()
    expect(await ask('getUpdates', {})).toBe(409)
    await world.client.send(removeChannel, world.call, { id: ids[1] ?? '' })
    await told()
    expect(await ask('getUpdates', {})).toBe(200)
  })

  it('are taken by one of two workspaces that connect them at once', async () => {
    await world.sql('update channels set removed_at = now()')
    const both = await Promise.allSettled([connect('@hamava'), connect('@hamava_two', elsewhere)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('say that they cannot be read, and that they can be again', async () => {
    const { id } = await world.channel('unreadable')
    const said = { en: 'x', fa: 'x' }
    const reason = { code: 'server_trouble', message: said, fix: said }
    const unreadable = { since: new Date().toISOString(), reason }
    const tell = (told: typeof unreadable | null, as = world.call) =>
      world.client.send(reportReading, as, { id, unreadable: told })
    const shown = async () => world.client.send(getChannel, world.call, { id })
    await tell(unreadable, elsewhere)
    expect((await shown()).unreadable).toBeNull()
    await tell(unreadable)
    const after = await shown()
    expect(after).toMatchObject({ unreadable, health: 'ok' })
    await tell(unreadable)
    expect((await shown()).version).toBe(after.version)
    await tell(null)
    expect(await shown()).toMatchObject({ unreadable: null, version: after.version + 1 })
  })
})
