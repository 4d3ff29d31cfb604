import { describe, expect, it } from '@jest/globals'
import { aPart, aPicture, describeConnector, mustBe } from '../connector.contract.ts'
import type { Media, Moved, Tools } from '../connector.ts'
import { tools } from '../testing/tools.ts'
import { telegram } from './connector.ts'
import type { TelegramCredentials } from './credentials.ts'
import { createFake } from './fake.ts'
import { settings } from './settings.ts'

describeConnector({ connector: telegram, start: () => createFake() })

const { publish, listen } = telegram
if (!publish || !listen) throw new Error('Telegram publishes and listens')

const withChannel = async (
  run: (
    fake: Awaited<ReturnType<typeof createFake>>,
    credentials: TelegramCredentials,
  ) => Promise<void>,
) => {
  const fake = await createFake()
  try {
    await run(fake, (await telegram.connect.verify(fake.connect, tools)).credentials)
  } finally {
    await fake.close()
  }
}
const part = (facts: Parameters<typeof aPart>[1] = {}) => ({
  ...aPart(telegram, facts),
  settings: settings.parse({}),
})

describe('Telegram alone', () => {
  it('sends an album with the text under its first picture', () =>
    withChannel(async (fake, credentials) => {
      const video: Media = { ...aPicture(), kind: 'video', mime: 'video/mp4', fileName: 'a.mp4' }
      const input = part({ text: 'سه‌تا', media: [aPicture(), video, aPicture()] })
      const outcome = mustBe('published', await publish.publish(credentials, input, tools))
      const live = await fake.live()
      expect(live.map(({ text, media }) => [text, media[0]?.mime])).toEqual([
        ['سه‌تا', 'image/png'],
        ['', 'video/mp4'],
        ['', 'image/png'],
      ])
      expect(outcome).toMatchObject({
        id: live[0]?.id,
        permalink: `https://t.me/hamava/${live[0]?.id}`,
      })
    }))

  it('says that a caption is too long', () =>
    withChannel(async (_, credentials) => {
      const input = part({ text: 'a'.repeat(1025), media: [aPicture()] })
      const outcome = await publish.publish(credentials, input, tools)
      expect(outcome).toMatchObject({ kind: 'rejected', reason: { code: 'text_too_long' } })
    }))

  it('follows a group that has moved', () =>
    withChannel(async (fake, credentials) => {
      fake.moveChat(-1005555555555)
      const told: Moved[] = []
      const listening = { ...tools, moved: (to: Moved) => told.push(to) }
      const outcome = mustBe('published', await publish.publish(credentials, part(), listening))
      expect(told).toMatchObject([
        { account: { externalId: '-1005555555555' }, credentials: { chatId: -1005555555555 } },
      ])
      expect(outcome.ref).toMatchObject({ chatId: -1005555555555 })
      expect(await fake.live()).toHaveLength(1)
    }))

  it('asks to reconnect when it was thrown out of the channel', () =>
    withChannel(async (fake, credentials) => {
      fake.kick()
      const outcome = await publish.publish(credentials, part(), tools)
      expect(outcome).toMatchObject({ kind: 'reconnect', reason: { code: 'access_missing' } })
      await expect(telegram.connect.verify(fake.connect, tools)).rejects.toMatchObject({
        reason: { code: 'access_missing' },
      })
    }))

  it('never shows the token that is in every address', () =>
    withChannel(async (fake, credentials) => {
      await fake.close()
      const echo: Tools['send'] = async ({ url }) => {
        throw new TypeError(`Failed to parse URL from ${url}`)
      }
      const outcome = await publish.publish(credentials, part(), { ...tools, send: echo })
      expect(JSON.stringify(outcome)).toContain('***')
      expect(JSON.stringify(outcome)).not.toContain(credentials.token)
    }))

  it('can neither repeat nor read back', () => {
    expect(telegram.manifest).toMatchObject({ idempotency: { kind: 'none' }, readBack: null })
    expect(publish.find).toBeUndefined()
  })

  it('takes updates by webhook, if they carry the secret', () =>
    withChannel(async (fake, credentials) => {
      const { webhook } = listen
      const secret = 'a-secret_of-ours'
      await webhook?.register(credentials, { url: 'http://127.0.0.1:9/in', secret }, tools)
      await expect(listen.poll(credentials, null, tools)).rejects.toMatchObject({
        reason: { code: 'updates_read_elsewhere' },
      })
      await fake.message?.({ text: 'x' })
      // Another program's address is left alone.
      await telegram.connect.revoke?.(credentials, tools)
      await expect(listen.poll(credentials, null, tools)).rejects.toBeTruthy()
      await webhook?.register(
        credentials,
        { url: 'http://127.0.0.1:9/v1/hooks/x-1', secret },
        tools,
      )
      await telegram.connect.revoke?.(credentials, tools)
      expect(await listen.poll(credentials, null, tools)).toMatchObject({ items: [] })
      const update = {
        update_id: 1,
        message: {
          message_id: 5,
          date: 1_700_000_000,
          chat: { id: 42, type: 'private', first_name: 'سارا' },
          from: { id: 42, first_name: 'سارا' },
          text: 'سلام',
        },
      }
      const body = Buffer.from(JSON.stringify(update))
      const headers = { 'x-telegram-bot-api-secret-token': secret }
      expect(webhook?.parse(credentials, { headers, body, secret })).toMatchObject([
        { kind: 'direct', remoteId: '42:5', text: 'سلام', author: { name: 'سارا' } },
      ])
      expect(webhook?.parse(credentials, { headers: {}, body, secret })).toBeNull()
    }))
})
