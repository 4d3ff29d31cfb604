import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { bluesky } from '../../bluesky/connector.ts'
import { aPart, aPicture, describeConnector } from '../../connector.contract.ts'
import type { Fake } from '../../fakes/fake.ts'
import { tools } from '../../testing/tools.ts'
import { type BlueskyPds, startBlueskyPds } from './start.ts'

const installDir = resolve(import.meta.dirname, '../../../../../.hamava/doubles/bluesky-pds')
/** Installing it takes two minutes at the first time, and is tried again when npm gets stuck. */
const installMs = 900_000

const records = z.object({
  records: z.array(
    z.object({
      uri: z.string(),
      value: z.looseObject({
        text: z.string(),
        reply: z.object({ parent: z.object({ uri: z.string() }) }).optional(),
        embed: z
          .object({
            images: z.array(
              z.object({ alt: z.string(), image: z.object({ mimeType: z.string() }) }),
            ),
          })
          .optional(),
      }),
    }),
  ),
})

let dataDir: string
let pds: BlueskyPds
let made = 0

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'bluesky-pds-'))
  pds = await startBlueskyPds(installDir, dataDir)
}, installMs)
afterAll(async () => {
  await pds?.close()
  await rm(dataDir, { recursive: true, force: true })
})

const nothing = async () => {
  throw new Error('a real server does not do that on demand')
}

/** A new account of the real server, under the controls of a fake as far as it has them. */
async function anAccount(): Promise<Fake> {
  made += 1
  const connect = await pds.createAccount(`person${made}.test`)
  const list = `${pds.url}/xrpc/com.atproto.repo.listRecords?repo=${connect.handle}&collection=app.bsky.feed.post&limit=100&reverse=true`
  return {
    url: pds.url,
    connect,
    live: async () => {
      const reply = await fetch(list)
      return records.parse(await reply.json()).records.map(({ uri, value }) => ({
        id: uri,
        text: value.text,
        parent: value.reply?.parent.uri ?? null,
        media: (value.embed?.images ?? []).map(({ alt, image }) => ({ alt, mime: image.mimeType })),
      }))
    },
    fault: nothing,
    revokeTokens: nothing,
    comment: nothing,
    mention: nothing,
    close: async () => {},
  }
}

describe('on a real Bluesky server', () => {
  describeConnector({ connector: bluesky, start: anAccount, isReal: true })

  it('writes what the server takes for valid, and a retry makes no second post', async () => {
    const account = await anAccount()
    const { credentials } = await bluesky.connect.verify(account.connect, tools)
    const input = aPart(bluesky, {
      text: 'سلام @person1.test! https://hamava.example/راه #نیم‌فاصله',
      media: [aPicture()],
    })
    const publisher = bluesky.publish
    if (!publisher) throw new Error('Bluesky publishes')
    const settings = publisher.settings.parse({ contentWarning: 'graphic-media' })
    const tries = [1, 2, 3].map(() => publisher.publish(credentials, { ...input, settings }, tools))
    const outcomes = await Promise.all(tries)
    expect(outcomes.map(({ kind }) => kind)).toEqual(['published', 'published', 'published'])
    expect(await account.live()).toHaveLength(1)
  })

  it('renews its access, and does not mistake a missing AppView for trouble', async () => {
    const account = await anAccount()
    const { credentials, expiresAt } = await bluesky.connect.verify(account.connect, tools)
    expect(expiresAt?.getTime()).toBeGreaterThan(Date.now() + 3_600_000)
    const refreshed = await bluesky.connect.refresh?.(credentials, tools)
    expect(refreshed?.kind).toBe('refreshed')
    const heard = await bluesky.listen?.poll(credentials, null, tools)
    expect(heard?.items).toEqual([])
    expect(
      await bluesky.measure?.posts?.(credentials, [{ id: 'at://x', ref: null }], tools),
    ).toEqual([])
    expect(await bluesky.measure?.channel?.(credentials, tools)).toEqual({})
  })

  it('tells a wrong password and a revoked session apart from trouble', async () => {
    const account = await anAccount()
    const wrong = { ...account.connect, appPassword: 'wrong' }
    await expect(bluesky.connect.verify(wrong, tools)).rejects.toMatchObject({
      reason: { code: 'wrong_password' },
    })
    const { credentials } = await bluesky.connect.verify(account.connect, tools)
    await fetch(`${pds.url}/xrpc/com.atproto.server.deleteSession`, {
      method: 'POST',
      headers: { authorization: `Bearer ${credentials.refreshJwt}` },
    })
    const refreshed = await bluesky.connect.refresh?.(credentials, tools)
    expect(refreshed?.kind).toBe('revoked')
  })
})
