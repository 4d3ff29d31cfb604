import { randomUUID } from 'node:crypto'
import { expect, it } from '@jest/globals'
import { guaranteesOf, type Json, type OwnPost } from '../connector.ts'
import { tools } from '../testing/tools.ts'
import { aPart, aPicture, type ConnectorUnderTest, mustBe } from './connector-under-test.ts'

/** Putting something on the network, whole and as it was written. */
export function describePublishing(tried: ConnectorUnderTest): void {
  const { connector, manifest, publisher, longest, isReal, hasSlowMedia } = tried
  const { can, test, publish, published, finish } = tried

  it('publishes a text and says where it is', async () => {
    const { id, permalink } = await published(aPart(connector, { text: 'Hello' }))
    expect(await tried.fake.live()).toMatchObject([{ id, text: 'Hello', parent: null }])
    expect(permalink === null || URL.canParse(permalink)).toBe(true)
  })

  it('keeps a Persian text as it is, with its half-spaces, links and tags', async () => {
    const text = 'می‌خواهیم «هم‌آوا» را ببینید: https://hamava.example/راه؟ #نیم‌فاصله ۱۲۳ 👨‍👩‍👧'
    await published(aPart(connector, { text }))
    expect((await tried.fake.live())[0]?.text).toBe(text)
  })

  it('publishes an image with its alternative text', async () => {
    const media = [aPicture()]
    const outcome = await finish(
      await publish(aPart(connector, { media })),
      aPart(connector, { media }),
    )
    expect(outcome.kind).toBe('published')
    const alt = manifest.media.altMax === null ? '' : 'یک نقطهٔ رنگی'
    expect((await tried.fake.live())[0]?.media).toMatchObject([{ mime: 'image/png', alt }])
  })

  it('says in plain words that a text is too long, and publishes nothing', async () => {
    const outcome = await publish(aPart(connector, { text: 'ب'.repeat(longest + 1) }))
    expect(outcome).toMatchObject({ kind: 'rejected', reason: { code: 'text_too_long' } })
    expect(await tried.fake.live()).toEqual([])
  })

  test(
    'sends nothing when nobody listens at the address',
    async () => {
      await tried.fake.close()
      // A kept connection learns a little later that its other end is gone.
      await new Promise((resolve) => setTimeout(resolve, 30))
      expect(await publish(aPart(connector))).toMatchObject({ kind: 'temporary' })
      if (!guaranteesOf(connector, tried.channel.credentials).readBack) return
      const read = publisher.find?.(tried.channel.credentials, aPart(connector), new Date(), tools)
      await expect(read).rejects.toMatchObject({ kind: 'temporary' })
    },
    !isReal,
  )

  it('sends nothing when it was called off before', async () => {
    const signal = AbortSignal.abort()
    const outcome = await publisher.publish(tried.channel.credentials, aPart(connector), {
      ...tools,
      signal,
    })
    expect(outcome.kind).toBe('temporary')
    expect(await tried.fake.live()).toEqual([])
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
      const live = await tried.fake.live()
      expect(Object.fromEntries(live.map(({ text, parent }) => [text, parent]))).toEqual({
        one: null,
        two: first.id,
        three: second.id,
      })
    },
    can('thread'),
  )

  test(
    'waits as long as the network asks',
    async () => {
      await tried.fake.fault({ kind: '429', ms: 30_000, times: 1 })
      const outcome = mustBe('rate_limited', await publish(aPart(connector)))
      const waitMs = outcome.until.getTime() - Date.now()
      expect(waitMs).toBeGreaterThan(25_000)
      expect(waitMs).toBeLessThan(32_000)
      expect(await tried.fake.live()).toEqual([])
    },
    !isReal,
  )

  test(
    'tells a network that did nothing from one that may have',
    async () => {
      await tried.fake.fault({ kind: '5xx', status: 503, times: 1 })
      expect(await publish(aPart(connector))).toMatchObject({ kind: 'temporary' })
      await tried.fake.fault({ kind: '5xx', status: 502, times: 1 })
      expect(await publish(aPart(connector))).toMatchObject({ kind: 'unknown_outcome' })
    },
    !isReal,
  )

  test(
    'prepares media ahead of time, unseen, and publishes it with one more request',
    async () => {
      const input = aPart(connector, { media: [aPicture()] })
      const prepared = await publisher.prepare?.(tried.channel.credentials, input, tools)
      if (prepared?.kind !== 'prepared') throw new Error(`prepare answered ${prepared?.kind}`)
      expect(await tried.fake.live()).toEqual([])
      const asked: string[] = []
      const onExchange = ({ url, publishes }: { url: string; publishes: boolean }) => {
        if (publishes) asked.push(url)
      }
      const state: Json = JSON.parse(JSON.stringify(prepared.state))
      const watched = { ...tools, onExchange }
      const first = await publisher.check?.(tried.channel.credentials, state, input, watched)
      expect(first && (await finish(first, input))).toMatchObject({ kind: 'published' })
      expect(asked).toHaveLength(1)
      expect((await tried.fake.live())[0]?.media).toHaveLength(1)
    },
    publisher?.prepare !== undefined,
  )

  test(
    'takes back what was uploaded and not used, and never what a post has',
    async () => {
      const input = aPart(connector, { media: [aPicture()] })
      const outcomes = [await publisher.prepare?.(tried.channel.credentials, input, tools)]
      const discard = async (state: Json) =>
        publisher.discard?.(tried.channel.credentials, JSON.parse(JSON.stringify(state)), tools)
      const go = async (state: Json) =>
        publisher.check?.(
          tried.channel.credentials,
          JSON.parse(JSON.stringify(state)),
          input,
          tools,
        )
      const stateOf = (at: number) => {
        const outcome = outcomes[at]
        if (outcome?.kind !== 'prepared') throw new Error(`prepare answered ${outcome?.kind}`)
        return outcome.state
      }
      await discard(stateOf(0))
      expect((await go(stateOf(0)))?.kind).toBe('rejected')
      expect(await tried.fake.live()).toEqual([])
      outcomes.push(await publisher.prepare?.(tried.channel.credentials, input, tools))
      // Under a key of its own, as some servers would repeat their refusal to the first.
      input.idempotencyKey = randomUUID()
      expect((await go(stateOf(1)))?.kind).toBe('published')
      await expect(discard(stateOf(1))).rejects.toMatchObject({ kind: 'rejected' })
      expect((await tried.fake.live())[0]?.media).toHaveLength(1)
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
      const own = publisher.own?.(tried.channel.credentials, new Date(Date.now() - 10_000), tools)
      if (!guaranteesOf(connector, tried.channel.credentials).readBack) return
      const seen: OwnPost[] = []
      for await (const post of own ?? []) seen.push(post)
      expect(seen.map(({ id }) => id)).toEqual(ids)
      expect(inputs.map((input) => seen.findIndex((post) => post.shows(input)))).toEqual([2, 1, 0])
    },
    publisher?.own !== undefined && manifest.readBack !== null,
  )

  test(
    'waits for media that is being processed, then publishes once',
    async () => {
      await tried.fake.fault({ kind: 'slow_media', ms: 300, times: 1 })
      const input = aPart(connector, { media: [aPicture()] })
      const first = await publish(input)
      // Nobody sees anything of it yet, so it can still be stopped.
      expect(first).toMatchObject({ kind: 'pending', stage: 'preparing' })
      expect(await tried.fake.live()).toEqual([])
      expect(await finish(first, input)).toMatchObject({ kind: 'published' })
      expect(await tried.fake.live()).toHaveLength(1)
    },
    hasSlowMedia,
  )
}
