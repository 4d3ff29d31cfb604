import { randomUUID } from 'node:crypto'
import { expect } from '@jest/globals'
import { guaranteesOf, type Incoming, type Json } from '../connector.ts'
import type { Controls } from '../fakes/fake.ts'
import { tools } from '../testing/tools.ts'
import { aPart, type ConnectorUnderTest, mustBe } from './connector-under-test.ts'

/** What people write, and answering it. */
export function describeListening(tried: ConnectorUnderTest): void {
  const { connector, manifest, isReal, hidesDirect, can, test, published } = tried
  const { readBack } = manifest

  const listenTo = () => {
    if (!connector.listen) throw new Error('does not listen')
    return connector.listen
  }
  const kinds = { comments: 'comment', mentions: 'mention', direct_messages: 'direct' } as const
  const write = async (kind: Incoming['kind'], text: string, postId: string, by: Controls) => {
    if (kind === 'comment') return by.comment({ postId, text })
    return kind === 'mention' ? by.mention({ text }) : (by.message?.({ text }) ?? '')
  }

  for (const [capability, kind] of Object.entries(kinds))
    test(
      `hears a ${kind}, and answers it`,
      async () => {
        const { id } = await published(aPart(connector, { text: 'what do you think?' }))
        const start = await listenTo().poll(tried.channel.credentials, null, tools)
        await write(kind, 'عالی‌ست!', id, tried.fake)
        const { items } = await listenTo().poll(tried.channel.credentials, start.cursor, tools)
        const item = items.find((one) => one.kind === kind)
        if (!item) throw new Error(`no ${kind} among ${JSON.stringify(items)}`)
        expect(item.text).toContain('عالی‌ست!')
        expect(item.fromChannel).toBe(false)
        expect(item.author.name).not.toBe('')
        if (kind === 'comment') expect(item.aboutPostId).toBe(id)

        const answer = {
          ref: item.ref,
          text: 'سپاس!',
          idempotencyKey: randomUUID(),
          at: new Date(),
          begunAt: new Date(),
        }
        const stored: Json = JSON.parse(JSON.stringify(answer.ref))
        mustBe(
          'published',
          await listenTo().reply(tried.channel.credentials, { ...answer, ref: stored }, tools),
        )
        if (kind !== 'direct') expect((await tried.fake.live()).at(-1)?.text).toContain('سپاس!')
      },
      !isReal &&
        manifest.capabilities.some((one) => one === capability) &&
        !(kind === 'direct' && hidesDirect),
    )

  test(
    'does not know of an answer whose reply was lost, and finds it',
    async () => {
      if (!guaranteesOf(connector, tried.channel.credentials).readBack) return
      const { id } = await published(aPart(connector, { text: 'what do you think?' }))
      const start = await listenTo().poll(tried.channel.credentials, null, tools)
      await tried.fake.comment({ postId: id, text: 'عالی‌ست!' })
      const { items } = await listenTo().poll(tried.channel.credentials, start.cursor, tools)
      const item = items.find((one) => one.kind === 'comment')
      if (!item) throw new Error(`no comment among ${JSON.stringify(items)}`)
      const facts = { text: 'سپاس فراوان!', idempotencyKey: randomUUID() }
      const answer = { ref: item.ref, at: new Date(), begunAt: new Date(), ...facts }
      const since = new Date(Date.now() - 10_000)
      const look = async () => listenTo().find?.(tried.channel.credentials, answer, since, tools)
      expect(await look()).toBe('absent')
      await tried.fake.fault({ kind: 'drop_reply', times: 1 })
      expect(await listenTo().reply(tried.channel.credentials, answer, tools)).toMatchObject({
        kind: 'unknown_outcome',
      })
      expect(await look()).toMatchObject({ id: (await tried.fake.live()).at(-1)?.id })
    },
    !isReal && can('comments') && readBack !== null && connector.listen?.find !== undefined,
  )

  test(
    'neither loses nor doubles what it hears',
    async () => {
      const { id } = await published(aPart(connector))
      const heard = new Map<string, string>()
      let cursor: Json = (await listenTo().poll(tried.channel.credentials, null, tools)).cursor
      for (let round = 0; round < 4; round += 1) {
        for (let at = 0; at < 15; at += 1)
          await tried.fake.comment({ postId: id, text: `${round}.${at}` })
        const before = cursor
        const read = await listenTo().poll(tried.channel.credentials, before, tools)
        for (const item of read.items) heard.set(item.remoteId, item.text)
        cursor = JSON.parse(JSON.stringify(read.cursor))
        // What was read but not stored is read again from the old position, unless the network forgot it.
        const again = await listenTo().poll(tried.channel.credentials, before, tools)
        expect(again.items.length).toBeGreaterThanOrEqual(read.items.length)
      }
      const texts = [...heard.values()].filter((text) => /\d\.\d/.test(text))
      expect(texts).toHaveLength(60)
      expect(new Set(texts).size).toBe(60)
    },
    !isReal && can('comments'),
  )
}
