import { connectChannel } from '@hamava/contracts'
import { type RunningFake, startFake } from '@hamava/networks/doubles'
import { canonicalHash } from '@hamava/service-kit'
import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { scale } from '../testing/scale.ts'
import { aPlan, type TestWorld, testWorld } from '../testing/world.ts'

const posts = 20 * scale
const seeds = scale < 10 ? [1] : [1, 2, 3, 4, 5]
const moods = ['mastodon', 'without_keys', 'keeps_any_answer', 'own_ways']
const patienceMs = 90_000 * scale
const cases = moods.flatMap((mood) => seeds.map((seed) => [mood, seed] as const))

/** With signs that some servers take for Markdown. */
const textOf = (n: number) =>
  [`خبر ${n}`, `- نکتهٔ ${n}`, `**مهم** ${n}`, `1. یکم\n2. ${n}م`][n % 4] ?? ''
const wanted = Array.from({ length: posts }, (_, n) => textOf(n))

interface Live {
  id: string
  text: string
}

describe('posts to servers that are slow, forgetful and of another make', () => {
  let world: TestWorld
  const fakes = new Map<string, RunningFake>()
  const nameOf = (mood: string, seed: number) => `${mood} ${seed}`
  beforeAll(async () => {
    for (const [mood, seed] of cases)
      fakes.set(nameOf(mood, seed), await startFake('mastodon', { mood, seed }))
    world = await testWorld({ HAMAVA_OUTBOUND_ALLOW: [...fakes.values()].map(({ url }) => url) })
    // All at once, as each waits for its own server.
    for (const [name, fake] of fakes) planned.set(name, await plan(fake))
  }, 30_000 * Math.max(scale, 2))
  afterAll(async () => {
    await world?.close()
    await Promise.all([...fakes.values()].map((fake) => fake.close()))
  })

  const planned = new Map<string, string>()

  /** Connects a server on which everything goes wrong at times, and plans its posts; gives the channel. */
  const plan = async ({ url, connect }: RunningFake) => {
    const channel = await world.client.send(connectChannel, world.call, {
      network: 'mastodon',
      method: 'access_token',
      fields: connect,
    })
    const make = async (fault: object) =>
      fetch(`${url}/__fake/faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(fault),
      })
    for (const kind of ['drop_reply', 'bad_reply', 'done_503']) await make({ kind, rate: 0.07 })
    // Done after the publisher has given up, and after the connection is gone.
    await make({ kind: 'latency', rate: 0.05, ms: 900 })
    await make({ kind: 'cut', rate: 0.05, ms: 900 })
    await make({ kind: '5xx', status: 503, rate: 0.05 })
    await make({ kind: '429', rate: 0.05, ms: 1_000 })
    await make({ kind: 'stale_list', rate: 0.3, ms: 900 })
    const plans = wanted.map((text) => {
      const snapshot = { parts: [{ role: 'post' as const, text, assets: [] }], settings: {} }
      const snapshotHash = canonicalHash(snapshot)
      const own = { network: 'mastodon', snapshot, snapshotHash, approvedHash: snapshotHash }
      return { ...aPlan({ channelId: channel.id }), ...own }
    })
    await world.plan(...plans)
    return channel.id
  }

  it.each(cases)(
    'are there once, each: %s, seed %i',
    async (mood, seed) => {
      const fake = fakes.get(nameOf(mood, seed))
      const channelId = planned.get(nameOf(mood, seed))
      await eventually(
        'all are settled',
        async () => {
          const [row] = await world.sql<{ open: number }>(
            `select count(*)::int as open from publications
             where channel_id = $1 and state in ('planned', 'sending', 'pending')`,
            [channelId],
          )
          return row?.open === 0
        },
        patienceMs,
      )
      const rows = await world.sql<{ state: string; remote_id: string; text: string }>(
        `select state, remote_id, snapshot->'parts'->0->>'text' as text from publications where channel_id = $1`,
        [channelId],
      )
      const live = (await (await fetch(`${fake?.url}/__fake/live`)).json()) as Live[]
      expect(live.map(({ text }) => text).toSorted()).toEqual(wanted.toSorted())
      expect(rows.filter(({ state }) => state !== 'published')).toEqual([])
      const idOf = new Map(live.map(({ id, text }) => [text, id]))
      expect(rows.filter(({ remote_id: id, text }) => idOf.get(text) !== id)).toEqual([])
    },
    patienceMs + 10_000,
  )
})
