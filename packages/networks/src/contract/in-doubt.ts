import { expect } from '@jest/globals'
import { guaranteesOf, type PublishInput } from '../connector.ts'
import { eventually, tools } from '../testing/tools.ts'
import { aPart, type ConnectorUnderTest } from './connector-under-test.ts'

/** What becomes of an answer to something that was done. */
const losses = ['drop_reply', 'bad_reply', 'done_503'] as const

/** Requests with an unknown outcome, and resolving them. */
export function describeInDoubt(tried: ConnectorUnderTest): void {
  const { connector, manifest, publisher, isReal, ignoresKeys, test, publish, published } = tried

  const lost = async (kind: (typeof losses)[number]) => {
    const input = aPart(connector, { text: 'once, once only' })
    await tried.fake.fault({ kind, times: 1 })
    expect(await publish(input)).toMatchObject({ kind: 'unknown_outcome' })
    const [live, ...others] = await tried.fake.live()
    expect(others).toEqual([])
    return { input, id: live?.id }
  }
  const { idempotency, readBack } = manifest

  for (const kind of losses)
    test(
      `does not know what came of it after ${kind}, and settles without a second post`,
      async () => {
        const { input, id } = await lost(kind)
        const guarantees = guaranteesOf(connector, tried.channel.credentials)
        if (['client_id', 'key_first'].includes(guarantees.idempotency.kind))
          expect(await publish(input)).toMatchObject({ kind: 'published', id })
        if (guarantees.readBack) {
          const since = new Date(Date.now() - 10_000)
          const found = await publisher.find?.(tried.channel.credentials, input, since, tools)
          expect(found).toMatchObject({ id })
        }
        expect(await tried.fake.live()).toHaveLength(1)
      },
      !isReal,
    )

  test(
    'does not know what came of it when it was cut off in the middle of the work',
    async () => {
      const input = aPart(connector, { text: 'cut off' })
      await tried.fake.fault({ kind: 'cut', ms: 200, times: 1 })
      expect(await publish(input)).toMatchObject({ kind: 'unknown_outcome' })
      if (!guaranteesOf(connector, tried.channel.credentials).readBack) return
      const since = new Date(Date.now() - 10_000)
      const look = async () => publisher.find?.(tried.channel.credentials, input, since, tools)
      expect(await look()).toBe('absent')
      await eventually('it is there', async () => (await look()) !== 'absent')
      expect(await tried.fake.live()).toHaveLength(1)
    },
    !isReal,
  )

  test(
    'finds what the server shows in other signs, and nothing else',
    async () => {
      if (!guaranteesOf(connector, tried.channel.credentials).readBack) return
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
        publisher.find?.(tried.channel.credentials, input, since, tools)
      for (const input of others)
        expect(await look(input)).toMatchObject({ id: ids.get(input.text) })
      if (last) expect(await look(last)).toBe('absent')
    },
    readBack !== null && publisher.find !== undefined,
  )

  test(
    'knows that it is not there, however much else is',
    async () => {
      if (!guaranteesOf(connector, tried.channel.credentials).readBack) return
      for (let at = 0; at < 25; at += 1) await published(aPart(connector, { text: `خبر ${at} ما` }))
      const since = new Date(Date.now() - 10_000)
      const input = aPart(connector, { text: 'خبر **نود** ما' })
      expect(await publisher.find?.(tried.channel.credentials, input, since, tools)).toBe('absent')
    },
    !isReal && manifest.readBack !== null && publisher.find !== undefined,
  )

  test(
    'answers a repeated key with the post that is there',
    async () => {
      const input = aPart(connector)
      const first = await published(input)
      expect(await published(input)).toMatchObject({ id: first.id })
      await published(aPart(connector, { text: input.text, dueAt: input.dueAt }))
      expect(await tried.fake.live()).toHaveLength(2)
    },
    idempotency.kind !== 'none' && !ignoresKeys,
  )

  test(
    'does not find what is not there',
    async () => {
      await published(aPart(connector, { text: 'something else' }))
      const since = new Date(Date.now() - 10_000)
      const found = publisher.find?.(tried.channel.credentials, aPart(connector), since, tools)
      if (guaranteesOf(connector, tried.channel.credentials).readBack)
        expect(await found).toBe('absent')
      else await expect(found).rejects.toMatchObject({ kind: 'rejected' })
    },
    readBack !== null,
  )

  test(
    'gives up waiting without pretending to know',
    async () => {
      await tried.fake.fault({ kind: 'latency', ms: 400, times: 1 })
      const signal = AbortSignal.timeout(100)
      const patient = { ...tools, signal }
      const outcome = await publisher.publish(tried.channel.credentials, aPart(connector), patient)
      expect(outcome.kind).toBe('unknown_outcome')
    },
    !isReal,
  )
}
