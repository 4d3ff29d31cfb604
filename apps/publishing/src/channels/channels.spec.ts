import { randomBytes } from 'node:crypto'
import {
  accessChannel,
  connectChannel,
  getChannel,
  listChannels,
  reportLostAccess,
  resolveChannels,
  systemContext,
} from '@hamava/contracts'
import { newId, SecretBox } from '@hamava/service-kit'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { compactDecrypt, exportJWK, generateKeyPair } from 'jose'
import { DataSource } from 'typeorm'
import { aPlan, type TestWorld, testWorld } from '../testing/world.ts'
import { ChannelRow } from './channel.entity.ts'
import { ChannelAccess } from './channel-access.ts'
import { RefreshAhead } from './refresh-ahead.ts'
import { resealCredentials } from './reseal-credentials.ts'

describe('channels', () => {
  let world: TestWorld
  beforeAll(async () => {
    world = await testWorld()
  })
  afterAll(() => world?.close())

  const keyPair = () => generateKeyPair('ECDH-ES+A256KW', { extractable: true })
  const nearItsEnd = (id: string) =>
    world.sql(
      `update channels set expires_at = now() + interval '20 s',
         refreshed_at = now() - interval '280 s' where id = $1`,
      [id],
    )
  const send: TestWorld['client']['send'] = (...args) => world.client.send(...args)

  it('keeps its id when it is connected again, and never shows its secrets', async () => {
    const first = await world.channel('again')
    const second = await world.channel('again')
    expect(second).toMatchObject({ id: first.id, health: 'ok', version: first.version + 1 })
    const [row] = await world.sql<{ credentials: string }>(
      'select credentials from channels where id = $1',
      [first.id],
    )
    const { token } = await world.network.account('again')
    expect(JSON.stringify([row, second])).not.toContain(token)
  })

  it('is one channel when two people connect it at once', async () => {
    const both = await Promise.all([world.channel('twice'), world.channel('twice')])
    expect(both[0]?.id).toBe(both[1]?.id)
  })

  it('is refused with a wrong token, in the words of the network', async () => {
    const fields = { url: world.network.url, token: 'wrong' }
    const connecting = send(connectChannel, world.call, {
      network: 'sandbox',
      method: 'access_token',
      fields,
    })
    await expect(connecting).rejects.toMatchObject({ code: 'connect_refused' })
  })

  it('says in both languages why it is refused', async () => {
    const fields = { instance: 'not an address', accessToken: 'token' }
    const connecting = send(connectChannel, world.call, {
      network: 'mastodon',
      method: 'access_token',
      fields,
    })
    await expect(connecting).rejects.toMatchObject({
      code: 'connect_refused',
      params: {
        detailEn: expect.stringContaining('not the address of a server'),
        detailFa: expect.stringContaining('نشانیِ یک سرور نیست'),
        fixFa: expect.stringContaining('درست کنید'),
      },
    })
  })

  it('is listed in its own workspace alone', async () => {
    const { id } = await world.channel('mine')
    const page = await send(listChannels, world.call, { limit: 100 })
    expect(page.items.map((item) => item.id)).toContain(id)
    const others = systemContext(newId('workspace'), 'test')
    await expect(send(getChannel, others, { id })).rejects.toMatchObject({ code: 'not_found' })
    expect(await send(resolveChannels, others, { ids: [id] })).toEqual({ channels: [] })
  })

  it('is known to have lost its access as soon as anybody learns it, and not by mistake', async () => {
    const { id, version } = await world.channel('told')
    const said = { en: 'x', fa: 'x' }
    const reason = { code: 'token_revoked', message: said, fix: said }
    const report = (of: number) => send(reportLostAccess, world.call, { id, version: of, reason })
    const health = async () => (await send(getChannel, world.call, { id })).health
    // Its access still opens, whatever was refused.
    expect([await report(version), await health()]).toEqual([{ isLost: false }, 'ok'])
    await world.network.fault({ kind: 'revoke_tokens', handle: 'told' })
    expect([await report(version - 1), await health()]).toEqual([{ isLost: false }, 'ok'])
    const stranger = systemContext(newId('workspace'), 'listening')
    const foreign = await send(reportLostAccess, stranger, { id, version, reason })
    expect([foreign, await health()]).toEqual([{ isLost: false }, 'ok'])
    expect([await report(version), await health()]).toEqual([{ isLost: true }, 'reconnect'])
  })

  it('is what its network says it is by now, and stays one channel', async () => {
    const { id } = await world.channel('before_move')
    const other = await world.channel('taken')
    const access = world.service.app.get(ChannelAccess)
    const row = () =>
      world.service.app.get(DataSource).getRepository(ChannelRow).findOneByOrFail({ id })
    const known = await row()
    const moveTo = async (to: string) => {
      const account = { externalId: to, handle: to }
      const channel = await row()
      await access.change(channel, { credentials: access.unseal(channel), account })
    }
    await moveTo('after_move')
    expect(await send(getChannel, world.call, { id })).toMatchObject({
      externalId: 'after_move',
      handle: 'after_move',
      version: known.version + 1,
    })
    expect((await world.channel('after_move')).id).toBe(id)
    // Where another channel is that account already, neither becomes the other.
    await moveTo('taken')
    expect((await send(getChannel, world.call, { id })).externalId).toBe('after_move')
    expect((await world.channel('taken')).id).toBe(other.id)
  })

  it('holds what is planned when access is revoked, and goes on when it is back', async () => {
    const { id } = await world.channel('revoked')
    const now = aPlan({ channelId: id, text: 'اکنون' })
    const later = aPlan({ channelId: id, text: 'سپس', inMs: 1_000 })
    await world.network.fault({ kind: 'revoke_tokens', handle: 'revoked' })
    await world.plan(now, later)
    const held = await world.reaches(now.publicationId, 'held')
    await world.reaches(later.publicationId, 'held')
    expect(held.reason?.fix.fa).toBeTruthy()
    expect((await send(getChannel, world.call, { id })).health).toBe('reconnect')
    const meanwhile = aPlan({ channelId: id, text: 'در این میان' })
    await world.plan(meanwhile)
    expect((await world.publication(meanwhile.publicationId)).state).toBe('held')
    await world.channel('revoked')
    for (const plan of [now, later, meanwhile]) {
      await world.reaches(plan.publicationId, 'published')
    }
    expect(await world.network.live('revoked')).toHaveLength(3)
  })

  it('is refreshed by one at a time, over replicas too', async () => {
    const replica = await world.addReplica()
    const { id } = await world.channel('refreshed', { tokenTtlMs: 300_000 })
    await nearItsEnd(id)
    const openAll = (app: typeof replica.app, row: ChannelRow) =>
      Array.from({ length: 20 }, () => app.get(ChannelAccess).open(row))
    const row = await world.service.app
      .get(DataSource)
      .getRepository(ChannelRow)
      .findOneByOrFail({ id })
    const all = await Promise.all([
      ...openAll(world.service.app, row),
      ...openAll(replica.app, row),
    ])
    const tokens = all.map((access) => access.kind === 'open' && JSON.stringify(access.credentials))
    expect(new Set(tokens).size).toBe(1)
    expect(tokens[0]).not.toBe(JSON.stringify(world.service.app.get(ChannelAccess).unseal(row)))
    const plan = aPlan({ channelId: id })
    await world.plan(plan)
    await world.reaches(plan.publicationId, 'published')
  })

  it('is refreshed before anybody needs it, and its publications go out with the new token', async () => {
    const { id } = await world.channel('ahead', { tokenTtlMs: 300_000 })
    const tokenOf = async () => {
      const [row] = await world.sql<{ credentials: string; left: number }>(
        `select credentials, extract(epoch from expires_at - now())::int as left from channels where id = $1`,
        [id],
      )
      return row
    }
    const ahead = world.service.app.get(RefreshAhead)
    const first = await tokenOf()
    await ahead.run()
    expect(await tokenOf()).toMatchObject({ credentials: first?.credentials })
    await nearItsEnd(id)
    await ahead.run()
    const second = await tokenOf()
    expect(second?.credentials).not.toBe(first?.credentials)
    expect(second?.left).toBeGreaterThan(200)
    const plan = aPlan({ channelId: id })
    await world.plan(plan)
    await world.reaches(plan.publicationId, 'published')
  })

  it('keeps its access through a rotation of the key that seals it', async () => {
    const { id } = await world.channel('rotated')
    const sealed = async () => {
      const [row] = await world.sql<{ credentials: string }>(
        'select credentials from channels where id = $1',
        [id],
      )
      return row?.credentials ?? ''
    }
    const dataSource = world.service.app.get(DataSource)
    const before = await sealed()
    const old = world.config.HAMAVA_SECRET_KEY
    const fresh = randomBytes(32).toString('base64')
    const box = new SecretBox([fresh, old])
    expect(await resealCredentials(dataSource, box)).toBeGreaterThan(0)
    expect(await resealCredentials(dataSource, box)).toBe(0)
    const after = await sealed()
    expect(after.split('.')[0]).not.toBe(before.split('.')[0])
    const place = `channel:${id}`
    expect(new SecretBox([fresh]).open(after, place)).toBe(new SecretBox([old]).open(before, place))
    await expect(resealCredentials(dataSource, new SecretBox([old]))).rejects.toThrow(
      /cannot be opened: .*add the old key/,
    )
    expect(await resealCredentials(dataSource, new SecretBox([old, fresh]))).toBeGreaterThan(0)
  })

  it('survives a network that is out of order while a token is to be refreshed', async () => {
    const { id } = await world.channel('blip', { tokenTtlMs: 300_000 })
    await nearItsEnd(id)
    const row = await world.service.app
      .get(DataSource)
      .getRepository(ChannelRow)
      .findOneByOrFail({ id })
    const access = world.service.app.get(ChannelAccess)
    const { url } = world.network
    const elsewhere = { ...(access.unseal(row) as object), url: `${url}/nowhere` }
    row.credentials = access.seal(id, elsewhere)
    await world.sql('update channels set credentials = $2 where id = $1', [id, row.credentials])
    expect(await access.open(row)).toEqual({ kind: 'open', credentials: elsewhere })
    expect((await send(getChannel, world.call, { id })).health).toBe('ok')
  })

  it('lends its access token, and only that, to the holder of the key', async () => {
    const { id } = await world.channel('lent', { tokenTtlMs: 3_600_000 })
    const [mine, theirs] = await Promise.all([keyPair(), keyPair()])
    const publicKey = { ...(await exportJWK(mine.publicKey)) }
    const { channel, mailbox, sealed } = await send(accessChannel, world.call, { id, publicKey })
    expect([channel.id, channel.network, mailbox]).toEqual([id, 'sandbox', null])
    const { plaintext } = await compactDecrypt(sealed, mine.privateKey)
    const lent = JSON.parse(Buffer.from(plaintext).toString())
    expect(lent.token).toBeTruthy()
    expect(lent).not.toHaveProperty('refreshToken')
    await expect(compactDecrypt(sealed, theirs.privateKey)).rejects.toThrow()
  })
})
