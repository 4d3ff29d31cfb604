import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type {
  Connected,
  Connector,
  Incoming,
  Json,
  Media,
  Outcome,
  OwnPost,
  Publish,
  PublishInput,
} from './connector.ts'
import { guaranteesOf, NetworkError } from './connector.ts'
import type { Controls, Fake } from './fakes/fake.ts'
import { eventually, tools } from './testing/tools.ts'

export interface Subject {
  connector: Connector
  /** Said with the network's name, where it is tried in several ways. */
  manner?: string
  /** Starts the server that the connector is tried against, with one channel on it. */
  start: () => Promise<Fake>
  /** The server is a real one: nothing can be made to go wrong, and nobody else is on it. */
  isReal?: boolean
  /** Media can take a while, so that posting is `pending`. */
  hasSlowMedia?: boolean
  /** The longest text that this server takes; the manifest's when left out. */
  maxText?: number
  /** It knows no keys: a second request is a second post. */
  ignoresKeys?: boolean
  /** It tells nobody of private conversations. */
  hidesDirect?: boolean
}

/** What becomes of an answer to something that was done. */
const losses = ['drop_reply', 'bad_reply', 'done_503'] as const

/** A tiny but true PNG file. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
export const aPicture = (alt = 'یک نقطهٔ رنگی'): Media => ({
  kind: 'image',
  mime: 'image/png',
  bytes: png.byteLength,
  width: 1,
  height: 1,
  alt,
  fileName: 'نقطه.png',
  read: async () => png,
})

export const aPart = (connector: Connector, facts: Partial<PublishInput> = {}): PublishInput => ({
  idempotencyKey: randomUUID(),
  dueAt: new Date(),
  begunAt: new Date(),
  text: 'سلام، امروز می‌رویم.',
  media: [],
  settings: connector.publish?.settings.parse({}),
  languages: ['fa'],
  ...facts,
})

/** What every network's connector must do, whatever the network. */
export function describeConnector({
  connector,
  start,
  manner = '',
  isReal,
  hasSlowMedia = false,
  maxText,
  ignoresKeys = false,
  hidesDirect = false,
}: Subject): void {
  const { manifest } = connector
  const longest = maxText ?? manifest.text.max
  const publisher = connector.publish as Publish
  const can = (what: (typeof manifest.capabilities)[number]) => manifest.capabilities.includes(what)
  const test = (name: string, run: () => Promise<void>, condition = true) => {
    if (condition) it(name, run)
  }

  describe(`${manifest.id}${manner}: the connector's contract`, () => {
    let fake: Fake
    let channel: Connected

    beforeEach(async () => {
      fake = await start()
      channel = await connector.connect.verify(fake.connect, tools)
    })
    afterEach(() => fake.close())

    const publish = (input: PublishInput) => publisher.publish(channel.credentials, input, tools)
    const published = async (input: PublishInput) => mustBe('published', await publish(input))

    it('connects a channel, and keeps credentials that can be stored', () => {
      expect(channel.account.externalId).not.toBe('')
      const stored = JSON.parse(JSON.stringify(channel.credentials))
      expect(connector.connect.credentials.parse(stored)).toEqual(channel.credentials)
    })

    it('refuses wrong secrets with a reason that does not repeat them', async () => {
      const wrong = { ...fake.connect, ...wrongSecrets(connector) }
      const error = await connector.connect.verify(wrong, tools).catch((thrown) => thrown)
      expect(error).toBeInstanceOf(NetworkError)
      expect(['rejected', 'reconnect']).toContain(error.kind)
      expect(JSON.stringify([error.reason, error.message, String(error.cause)])).not.toContain(
        'wrong-secret',
      )
    })

    it('does not take access that may only read for more than it is', async () => {
      if (!fake.weakly) return
      const error = await connector.connect.verify(fake.weakly, tools).catch((thrown) => thrown)
      expect(error).toMatchObject({ kind: 'rejected', reason: { code: 'access_missing' } })
      for (const scope of manifest.scopes?.publish ?? []) expect(channel.scopes).toContain(scope)
      expect(await fake.live()).toEqual([])
    })

    it('publishes a text and says where it is', async () => {
      const { id, permalink } = await published(aPart(connector, { text: 'Hello' }))
      expect(await fake.live()).toMatchObject([{ id, text: 'Hello', parent: null }])
      expect(permalink === null || URL.canParse(permalink)).toBe(true)
    })

    it('keeps a Persian text as it is, with its half-spaces, links and tags', async () => {
      const text = 'می‌خواهیم «هم‌آوا» را ببینید: https://hamava.example/راه؟ #نیم‌فاصله ۱۲۳ 👨‍👩‍👧'
      await published(aPart(connector, { text }))
      expect((await fake.live())[0]?.text).toBe(text)
    })

    it('publishes an image with its alternative text', async () => {
      const media = [aPicture()]
      const outcome = await finish(
        await publish(aPart(connector, { media })),
        aPart(connector, { media }),
      )
      expect(outcome.kind).toBe('published')
      const alt = manifest.media.altMax === null ? '' : 'یک نقطهٔ رنگی'
      expect((await fake.live())[0]?.media).toMatchObject([{ mime: 'image/png', alt }])
    })

    it('says in plain words that a text is too long, and publishes nothing', async () => {
      const outcome = await publish(aPart(connector, { text: 'ب'.repeat(longest + 1) }))
      expect(outcome).toMatchObject({ kind: 'rejected', reason: { code: 'text_too_long' } })
      expect(await fake.live()).toEqual([])
    })

    test(
      'sends nothing when nobody listens at the address',
      async () => {
        await fake.close()
        // A kept connection learns a little later that its other end is gone.
        await new Promise((resolve) => setTimeout(resolve, 30))
        expect(await publish(aPart(connector))).toMatchObject({ kind: 'temporary' })
        if (!guaranteesOf(connector, channel.credentials).readBack) return
        const read = publisher.find?.(channel.credentials, aPart(connector), new Date(), tools)
        await expect(read).rejects.toMatchObject({ kind: 'temporary' })
      },
      !isReal,
    )

    it('sends nothing when it was called off before', async () => {
      const signal = AbortSignal.abort()
      const outcome = await publisher.publish(channel.credentials, aPart(connector), {
        ...tools,
        signal,
      })
      expect(outcome.kind).toBe('temporary')
      expect(await fake.live()).toEqual([])
    })

    test(
      'puts the parts of a thread under one another',
      async () => {
        const first = await published(aPart(connector, { text: 'one' }))
        const second = await published(
          aPart(connector, { text: 'two', replyTo: { root: first.ref, parent: first.ref } }),
        )
        await published(
          aPart(connector, { text: 'three', replyTo: { root: first.ref, parent: second.ref } }),
        )
        const live = await fake.live()
        expect(Object.fromEntries(live.map(({ text, parent }) => [text, parent]))).toEqual({
          one: null,
          two: first.id,
          three: second.id,
        })
      },
      can('thread'),
    )

    test(
      'asks to reconnect when its access was revoked',
      async () => {
        await fake.revokeTokens()
        expect(await publish(aPart(connector))).toMatchObject({
          kind: 'reconnect',
          reason: { code: 'token_revoked' },
        })
        const refreshed = await connector.connect.refresh?.(channel.credentials, tools)
        if (refreshed) expect(refreshed.kind).toBe('revoked')
      },
      !isReal,
    )

    test(
      'goes on with a refreshed token when the old one has expired',
      async () => {
        await fake.expireTokens?.()
        expect(await publish(aPart(connector))).toMatchObject({
          kind: 'reconnect',
          reason: { code: 'token_expired' },
        })
        const refreshed = await connector.connect.refresh?.(channel.credentials, tools)
        if (refreshed?.kind !== 'refreshed') throw new Error(`refresh answered ${refreshed?.kind}`)
        channel = { ...channel, credentials: refreshed.credentials }
        await published(aPart(connector))
      },
      !isReal && connector.connect.refresh !== undefined,
    )

    test(
      'waits as long as the network asks',
      async () => {
        await fake.fault({ kind: '429', ms: 30_000, times: 1 })
        const outcome = mustBe('rate_limited', await publish(aPart(connector)))
        const waitMs = outcome.until.getTime() - Date.now()
        expect(waitMs).toBeGreaterThan(25_000)
        expect(waitMs).toBeLessThan(32_000)
        expect(await fake.live()).toEqual([])
      },
      !isReal,
    )

    test(
      'tells a network that did nothing from one that may have',
      async () => {
        await fake.fault({ kind: '5xx', status: 503, times: 1 })
        expect(await publish(aPart(connector))).toMatchObject({ kind: 'temporary' })
        await fake.fault({ kind: '5xx', status: 502, times: 1 })
        expect(await publish(aPart(connector))).toMatchObject({ kind: 'unknown_outcome' })
      },
      !isReal,
    )

    const lost = async (kind: (typeof losses)[number]) => {
      const input = aPart(connector, { text: 'once, once only' })
      await fake.fault({ kind, times: 1 })
      expect(await publish(input)).toMatchObject({ kind: 'unknown_outcome' })
      const [live, ...others] = await fake.live()
      expect(others).toEqual([])
      return { input, id: live?.id }
    }
    const { idempotency, readBack } = manifest

    for (const kind of losses)
      test(
        `does not know what came of it after ${kind}, and settles without a second post`,
        async () => {
          const { input, id } = await lost(kind)
          const guarantees = guaranteesOf(connector, channel.credentials)
          if (['client_id', 'key_first'].includes(guarantees.idempotency.kind))
            expect(await publish(input)).toMatchObject({ kind: 'published', id })
          if (guarantees.readBack) {
            const since = new Date(Date.now() - 10_000)
            const found = await publisher.find?.(channel.credentials, input, since, tools)
            expect(found).toMatchObject({ id })
          }
          expect(await fake.live()).toHaveLength(1)
        },
        !isReal,
      )

    test(
      'does not know what came of it when it was cut off in the middle of the work',
      async () => {
        const input = aPart(connector, { text: 'cut off' })
        await fake.fault({ kind: 'cut', ms: 200, times: 1 })
        expect(await publish(input)).toMatchObject({ kind: 'unknown_outcome' })
        if (!guaranteesOf(connector, channel.credentials).readBack) return
        const since = new Date(Date.now() - 10_000)
        const look = async () => publisher.find?.(channel.credentials, input, since, tools)
        expect(await look()).toBe('absent')
        await eventually('it is there', async () => (await look()) !== 'absent')
        expect(await fake.live()).toHaveLength(1)
      },
      !isReal,
    )

    test(
      'finds what the server shows in other signs, and nothing else',
      async () => {
        if (!guaranteesOf(connector, channel.credentials).readBack) return
        const texts = [
          '# سرخط\n\n- یک\n- دو\n\n1. اول\n2. دوم',
          'یک *واژهٔ* **مهم** و [پیوند](https://hamava.example/a)',
          'پست ۱ 👍',
          'پست ۲ 👍',
        ]
        const inputs = texts.map((text) => aPart(connector, { text }))
        const [last, ...others] = inputs.toReversed()
        const ids = new Map<string, string>()
        for (const input of others.toReversed()) ids.set(input.text, (await published(input)).id)
        const since = new Date(Date.now() - 10_000)
        const look = async (input: PublishInput) =>
          publisher.find?.(channel.credentials, input, since, tools)
        for (const input of others)
          expect(await look(input)).toMatchObject({ id: ids.get(input.text) })
        if (last) expect(await look(last)).toBe('absent')
      },
      readBack !== null && publisher.find !== undefined,
    )

    test(
      'answers a repeated key with the post that is there',
      async () => {
        const input = aPart(connector)
        const first = await published(input)
        expect(await published(input)).toMatchObject({ id: first.id })
        await published(aPart(connector, { text: input.text, dueAt: input.dueAt }))
        expect(await fake.live()).toHaveLength(2)
      },
      idempotency.kind !== 'none' && !ignoresKeys,
    )

    test(
      'does not find what is not there',
      async () => {
        await published(aPart(connector, { text: 'something else' }))
        const since = new Date(Date.now() - 10_000)
        const found = publisher.find?.(channel.credentials, aPart(connector), since, tools)
        if (guaranteesOf(connector, channel.credentials).readBack)
          expect(await found).toBe('absent')
        else await expect(found).rejects.toMatchObject({ kind: 'rejected' })
      },
      readBack !== null,
    )

    test(
      'prepares media ahead of time, unseen, and publishes it with one more request',
      async () => {
        const input = aPart(connector, { media: [aPicture()] })
        const prepared = await publisher.prepare?.(channel.credentials, input, tools)
        if (prepared?.kind !== 'prepared') throw new Error(`prepare answered ${prepared?.kind}`)
        expect(await fake.live()).toEqual([])
        const asked: string[] = []
        const witness = ({ url, publishes }: { url: string; publishes: boolean }) => {
          if (publishes) asked.push(url)
        }
        const state: Json = JSON.parse(JSON.stringify(prepared.state))
        const watched = { ...tools, witness }
        const first = await publisher.check?.(channel.credentials, state, input, watched)
        expect(first && (await finish(first, input))).toMatchObject({ kind: 'published' })
        expect(asked).toHaveLength(1)
        expect((await fake.live())[0]?.media).toHaveLength(1)
      },
      publisher?.prepare !== undefined,
    )

    test(
      'takes back what was uploaded and not used, and never what a post has',
      async () => {
        const input = aPart(connector, { media: [aPicture()] })
        const outcomes = [await publisher.prepare?.(channel.credentials, input, tools)]
        const discard = async (state: Json) =>
          publisher.discard?.(channel.credentials, JSON.parse(JSON.stringify(state)), tools)
        const go = async (state: Json) =>
          publisher.check?.(channel.credentials, JSON.parse(JSON.stringify(state)), input, tools)
        const stateOf = (at: number) => {
          const outcome = outcomes[at]
          if (outcome?.kind !== 'prepared') throw new Error(`prepare answered ${outcome?.kind}`)
          return outcome.state
        }
        await discard(stateOf(0))
        expect((await go(stateOf(0)))?.kind).toBe('rejected')
        expect(await fake.live()).toEqual([])
        outcomes.push(await publisher.prepare?.(channel.credentials, input, tools))
        // Under a key of its own, as some servers would repeat their refusal to the first.
        input.idempotencyKey = randomUUID()
        expect((await go(stateOf(1)))?.kind).toBe('published')
        await expect(discard(stateOf(1))).rejects.toMatchObject({ kind: 'rejected' })
        expect((await fake.live())[0]?.media).toHaveLength(1)
      },
      publisher?.discard !== undefined && publisher.prepare !== undefined,
    )

    test(
      'lists what is on the channel, newest first, and knows which part it shows',
      async () => {
        const inputs = ['یکم', 'دوم', 'سوم'].map((text, at) =>
          aPart(connector, { text, dueAt: new Date(Date.now() + at * 1_000) }),
        )
        const ids: string[] = []
        for (const input of inputs) ids.unshift((await published(input)).id)
        const own = publisher.own?.(channel.credentials, new Date(Date.now() - 10_000), tools)
        if (!guaranteesOf(connector, channel.credentials).readBack) return
        const seen: OwnPost[] = []
        for await (const post of own ?? []) seen.push(post)
        expect(seen.map(({ id }) => id)).toEqual(ids)
        expect(inputs.map((input) => seen.findIndex((post) => post.shows(input)))).toEqual([
          2, 1, 0,
        ])
      },
      publisher?.own !== undefined && readBack !== null,
    )

    test(
      'gives up waiting without pretending to know',
      async () => {
        await fake.fault({ kind: 'latency', ms: 400, times: 1 })
        const signal = AbortSignal.timeout(100)
        const patient = { ...tools, signal }
        const outcome = await publisher.publish(channel.credentials, aPart(connector), patient)
        expect(outcome.kind).toBe('unknown_outcome')
      },
      !isReal,
    )

    test(
      'waits for media that is being processed, then publishes once',
      async () => {
        await fake.fault({ kind: 'slow_media', ms: 300, times: 1 })
        const input = aPart(connector, { media: [aPicture()] })
        const first = await publish(input)
        // Nobody sees anything of it yet, so it can still be stopped.
        expect(first).toMatchObject({ kind: 'pending', stage: 'preparing' })
        expect(await fake.live()).toEqual([])
        expect(await finish(first, input)).toMatchObject({ kind: 'published' })
        expect(await fake.live()).toHaveLength(1)
      },
      hasSlowMedia,
    )

    async function finish(first: Outcome, input: PublishInput): Promise<Outcome> {
      let outcome = first
      while (outcome.kind === 'pending') {
        await new Promise((resolve) => setTimeout(resolve, 100))
        const state: Json = JSON.parse(JSON.stringify(outcome.state))
        const checked = await publisher.check?.(channel.credentials, state, input, tools)
        if (!checked) throw new Error('pending, but nothing to check with')
        outcome = checked
      }
      return outcome
    }

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
          const start = await listenTo().poll(channel.credentials, null, tools)
          await write(kind, 'عالی‌ست!', id, fake)
          const { items } = await listenTo().poll(channel.credentials, start.cursor, tools)
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
            await listenTo().reply(channel.credentials, { ...answer, ref: stored }, tools),
          )
          if (kind !== 'direct') expect((await fake.live()).at(-1)?.text).toContain('سپاس!')
        },
        !isReal &&
          manifest.capabilities.some((one) => one === capability) &&
          !(kind === 'direct' && hidesDirect),
      )

    test(
      'does not know of an answer whose reply was lost, and finds it',
      async () => {
        if (!guaranteesOf(connector, channel.credentials).readBack) return
        const { id } = await published(aPart(connector, { text: 'what do you think?' }))
        const start = await listenTo().poll(channel.credentials, null, tools)
        await fake.comment({ postId: id, text: 'عالی‌ست!' })
        const { items } = await listenTo().poll(channel.credentials, start.cursor, tools)
        const item = items.find((one) => one.kind === 'comment')
        if (!item) throw new Error(`no comment among ${JSON.stringify(items)}`)
        const facts = { text: 'سپاس فراوان!', idempotencyKey: randomUUID() }
        const answer = { ref: item.ref, at: new Date(), begunAt: new Date(), ...facts }
        const since = new Date(Date.now() - 10_000)
        const look = async () => listenTo().find?.(channel.credentials, answer, since, tools)
        expect(await look()).toBe('absent')
        await fake.fault({ kind: 'drop_reply', times: 1 })
        expect(await listenTo().reply(channel.credentials, answer, tools)).toMatchObject({
          kind: 'unknown_outcome',
        })
        expect(await look()).toMatchObject({ id: (await fake.live()).at(-1)?.id })
      },
      !isReal && can('comments') && readBack !== null && connector.listen?.find !== undefined,
    )

    test(
      'neither loses nor doubles what it hears',
      async () => {
        const { id } = await published(aPart(connector))
        const heard = new Map<string, string>()
        let cursor: Json = (await listenTo().poll(channel.credentials, null, tools)).cursor
        for (let round = 0; round < 4; round += 1) {
          for (let at = 0; at < 15; at += 1)
            await fake.comment({ postId: id, text: `${round}.${at}` })
          const before = cursor
          const read = await listenTo().poll(channel.credentials, before, tools)
          for (const item of read.items) heard.set(item.remoteId, item.text)
          cursor = JSON.parse(JSON.stringify(read.cursor))
          // What was read but not stored is read again from the old position, unless the network forgot it.
          const again = await listenTo().poll(channel.credentials, before, tools)
          expect(again.items.length).toBeGreaterThanOrEqual(read.items.length)
        }
        const texts = [...heard.values()].filter((text) => /\d\.\d/.test(text))
        expect(texts).toHaveLength(60)
        expect(new Set(texts).size).toBe(60)
      },
      !isReal && can('comments'),
    )

    test(
      'measures posts, and leaves out those that are gone',
      async () => {
        const { id, ref } = await published(aPart(connector))
        await fake.comment({ postId: id, text: 'یک' })
        const gone = goneLike(id)
        const asked = [
          { id, ref },
          { id: gone, ref: JSON.parse(JSON.stringify(ref).replaceAll(id, gone)) },
        ]
        const measured = await connector.measure?.posts?.(channel.credentials, asked, tools)
        expect(measured).toMatchObject([{ id, metrics: { replies: 1 } }])
      },
      !isReal && can('post_metrics'),
    )

    test(
      'measures the channel',
      async () => {
        const metrics = await connector.measure?.channel?.(channel.credentials, tools)
        expect(metrics?.followers).toEqual(expect.any(Number))
      },
      !isReal && can('channel_metrics'),
    )
  })
}

export function mustBe<K extends Outcome['kind']>(kind: K, outcome: Outcome) {
  if (outcome.kind !== kind) throw new Error(`expected ${kind}, got ${JSON.stringify(outcome)}`)
  return outcome as Extract<Outcome, { kind: K }>
}

/** An id that looks like another but names nothing. */
const goneLike = (id: string) => `${id.slice(0, -1)}${id.endsWith('2') ? '3' : '2'}`

const wrongSecrets = ({ manifest }: Connector) =>
  Object.fromEntries(
    manifest.connect
      .flatMap(({ fields }) => fields)
      .filter(({ secret }) => secret)
      .map(({ name }) => [name, '99:wrong-secret']),
  )
