import { describe, expect, it } from '@jest/globals'
import { aPart, aPicture, describeConnector, mustBe } from '../connector.contract.ts'
import { tools } from '../testing/tools.ts'
import { bluesky } from './connector.ts'
import { facetsOf, handlesIn } from './facets.ts'
import { createFake } from './fake.ts'
import { postId } from './post-id.ts'

describeConnector({ connector: bluesky, start: () => createFake() })

const bytesOf = (text: string, { index }: { index: { byteStart: number; byteEnd: number } }) =>
  Buffer.from(text).subarray(index.byteStart, index.byteEnd).toString()

describe('facets', () => {
  it('marks links, mentions and tags by UTF-8 bytes', () => {
    const text = 'سلام @sara.test، ببین https://هم‌آوا.example/الف؟ #نیم‌فاصله (#tag) #123 a@b.test'
    const facets = facetsOf(text, new Map([['sara.test', 'did:plc:sara']]))
    expect(facets.map((facet) => bytesOf(text, facet))).toEqual([
      '@sara.test',
      'https://هم‌آوا.example/الف',
      '#نیم‌فاصله',
      '#tag',
    ])
    expect(facets[0]?.features).toEqual([
      { $type: 'app.bsky.richtext.facet#mention', did: 'did:plc:sara' },
    ])
  })

  it('leaves a handle that nobody has as it is written', () => {
    expect(handlesIn('@Nobody.test and @nobody.test')).toEqual(['nobody.test'])
    expect(facetsOf('@nobody.test', new Map())).toEqual([])
  })
})

describe('access that is over', () => {
  it('is ended at the server: nothing renews it any more', async () => {
    const fake = await createFake()
    const { credentials } = await bluesky.connect.verify(fake.connect, tools)
    await bluesky.connect.revoke?.(credentials, tools)
    expect(await bluesky.connect.refresh?.(credentials, tools)).toMatchObject({ kind: 'revoked' })
    await fake.close()
  })
})

describe('a post’s id', () => {
  const dueAt = new Date('2026-11-22T10:00:00Z')

  it('is the same for every try, and another for every part', () => {
    expect(postId('pub_1:0', dueAt)).toBe(postId('pub_1:0', dueAt))
    const parts = Array.from({ length: 1000 }, (_, at) => postId(`pub_1:${at}`, dueAt))
    expect(new Set(parts).size).toBe(1000)
  })

  it('is a TID that sorts by the due time', () => {
    const ids = [0, 1, 1000, 10_000_000].map((seconds) =>
      postId(`k${seconds}`, new Date(dueAt.getTime() + seconds * 2000)),
    )
    for (const id of ids) expect(id).toMatch(/^[2-7a-j][2-7a-z]{12}$/)
    expect(ids.toSorted()).toEqual(ids)
  })
})

describe('Bluesky alone', () => {
  const withChannel = async (
    run: (fake: Awaited<ReturnType<typeof createFake>>, credentials: unknown) => Promise<void>,
  ) => {
    const fake = await createFake()
    try {
      const { credentials } = await bluesky.connect.verify(fake.connect, tools)
      await run(fake, credentials)
    } finally {
      await fake.close()
    }
  }
  const publish = bluesky.publish
  if (!publish) throw new Error('Bluesky publishes')

  it('gives nothing away that renews access', () =>
    withChannel(async (_, credentials) => {
      const held = bluesky.connect.credentials.parse(credentials)
      expect(bluesky.connect.accessOnly?.(held)).not.toHaveProperty('refreshJwt')
    }))

  it('says that an image is too large', () =>
    withChannel(async (_, credentials) => {
      const media = { ...aPicture(), read: async () => new Uint8Array(2_000_001) }
      const held = bluesky.connect.credentials.parse(credentials)
      const input = aPart(bluesky, { media: [media] })
      const settings = publish.settings.parse({})
      const outcome = await publish.publish(held, { ...input, settings }, tools)
      expect(mustBe('rejected', outcome).reason.code).toBe('media_refused')
    }))

  it('refuses a post whose prepared image the server has deleted: then it is published from the beginning', () =>
    withChannel(async (fake, credentials) => {
      const held = bluesky.connect.credentials.parse(credentials)
      const settings = publish.settings.parse({})
      const input = { ...aPart(bluesky, { media: [aPicture()] }), settings }
      const gone = {
        blobs: [{ $type: 'blob', ref: { $link: 'gone' }, mimeType: 'image/png', size: 1 }],
        dids: {},
      }
      const outcome = await publish.check?.(held, gone, input, tools)
      expect(outcome && mustBe('rejected', outcome).reason.code).toBe('media_refused')
      mustBe('published', await publish.publish(held, input, tools))
      expect(await fake.live()).toHaveLength(1)
    }))

  it('shows a link as a card, whose picture is the image of the post', () =>
    withChannel(async (fake, credentials) => {
      const held = bluesky.connect.credentials.parse(credentials)
      const linkCard = { url: 'https://hamava.example/برگه', title: 'هم‌آوا' }
      const settings = publish.settings.parse({ linkCard })
      const input = { ...aPart(bluesky, { media: [aPicture()] }), settings }
      const first = mustBe('published', await publish.publish(held, input, tools))
      const thread = {
        ...input,
        idempotencyKey: 'part-1',
        media: [],
        replyTo: { root: first.ref, parent: first.ref },
      }
      mustBe('published', await publish.publish(held, thread, tools))
      const [card, part] = await fake.live()
      expect(card).toMatchObject({
        media: [{ mime: 'image/png' }],
        attached: { uri: new URL(linkCard.url).href, title: 'هم‌آوا', description: '' },
      })
      expect(part?.attached).toBeUndefined()
    }))

  it('leaves what another wrote under the same id as it is', () =>
    withChannel(async (fake, credentials) => {
      const held = bluesky.connect.credentials.parse(credentials)
      const settings = publish.settings.parse({})
      const input = { ...aPart(bluesky, { text: 'first' }), settings }
      mustBe('published', await publish.publish(held, input, tools))
      const outcome = await publish.publish(held, { ...input, text: 'second' }, tools)
      expect(outcome.kind).toBe('duplicate')
      expect(await fake.live()).toMatchObject([{ text: 'first' }])
    }))
})
