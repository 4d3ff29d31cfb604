import { newId } from '@hamava/service-kit'
import { type TestDatabase, testDatabase } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { DataSource } from 'typeorm'
import { database } from '../database/database.ts'
import { dataSourceOptions } from '../testing/data-source.ts'
import { type Keyed, type Manner, modelWorld } from '../testing/model-world.ts'
import { aPlan } from '../testing/world.ts'
import type { Intent } from './claim/write-intents.ts'

/** `HAMAVA_TEST_RUNS=1000` for a long night. */
const runs = Number(process.env.HAMAVA_TEST_RUNS ?? 15)
const publications = 4

type Step =
  | { do: 'flush'; owner: string }
  | { do: 'reply'; manner: Manner; death: 'none' | 'before' | 'after' }
  | { do: 'edit' | 'cancel' | 'move'; which: number }
  | { do: 'hold' | 'release' | 'pass_time' }

const which = fc.nat(publications - 1)
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('flush' as const), owner: fc.constantFrom('one', 'two') }),
  fc.record({
    do: fc.constant('reply' as const),
    manner: fc.constantFrom<Manner>(
      'accepts',
      'accepts',
      'loses_reply',
      'is_out_of_order',
      'refuses',
      'limits',
    ),
    death: fc.constantFrom('none', 'none', 'none', 'before', 'after'),
  }),
  fc.record({ do: fc.constantFrom('edit' as const, 'cancel' as const, 'move' as const), which }),
  fc.record({ do: fc.constantFrom('hold' as const, 'release' as const) }),
  fc.record({ do: fc.constant('pass_time' as const) }),
)

describe('any order of edits, cancels, holds, crashes and replies', () => {
  let db: TestDatabase
  let dataSource: DataSource
  beforeAll(async () => {
    db = await testDatabase(database)
    dataSource = await new DataSource(dataSourceOptions(db.url)).initialize()
  })
  afterAll(async () => {
    await dataSource?.destroy()
    await db?.drop()
  })

  it.each<[Keyed]>([['key'], ['readable'], ['none']])(
    'keeps what was promised on a channel that offers %s',
    async (keyed) => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) =>
          play(keyed, steps),
        ),
        { numRuns: runs, endOnFailure: true },
      )
    },
    300_000,
  )

  async function play(keyed: Keyed, steps: Step[]): Promise<void> {
    await dataSource.query(
      'truncate publications, attempts, lanes, holds, channels, revocations, risk_checks, outbox, handled_events',
    )
    const world = modelWorld(dataSource, keyed)
    const channelIds = [newId('channel'), newId('channel')]
    for (const id of channelIds) await aChannel(id, world.call.workspaceId)
    let plans = Array.from({ length: publications }, (_, at) =>
      aPlan({ channelId: channelIds[at % 2] ?? '', text: `${at}.1` }),
    )
    await world.plan(...plans)

    const underWay: Intent[] = []
    const held: string[] = []
    const cancelled = new Set<string>()
    /** The texts that may still appear: an edit that was answered as done ends all before it. */
    const current = new Map(plans.map((plan) => [plan.publicationId, '']))
    for (const { publicationId, snapshot } of plans) {
      current.set(publicationId, snapshot.parts[0]?.text ?? '')
    }
    let listed: Set<string> | null = null

    const check = () => {
      const { accepted } = world.network
      for (const { publicationId } of accepted) expect(cancelled.has(publicationId)).toBe(false)
      const keys = accepted.map(({ key }) => key)
      expect(new Set(keys).size).toBe(keys.length)
      for (const { publicationId, text } of accepted) {
        expect(text).toBe(current.get(publicationId))
      }
    }

    for (const one of steps) {
      const before = world.network.accepted.length
      switch (one.do) {
        case 'flush': {
          world.network.manner = 'accepts'
          const { intents, inDoubt: doubts } = await world.intents(one.owner)
          if (listed) expect(intents).toEqual([])
          underWay.push(...intents)
          await world.reconcile(doubts, one.owner)
          break
        }
        case 'reply': {
          const intent = underWay.shift()
          if (intent) await world.carryOut(intent, one.manner, one.death)
          break
        }
        case 'edit':
        case 'move': {
          const plan = plans[one.which]
          if (!plan) break
          const next = aPlan({
            channelId: plan.channelId,
            publicationId: plan.publicationId,
            version: plan.version + 1,
            text:
              one.do === 'edit'
                ? `${one.which}.${plan.version + 1}`
                : (current.get(plan.publicationId) ?? ''),
          })
          const { done } = await world.change(world.call, { replace: [next], cancel: [] })
          if (done.length > 0) {
            current.set(plan.publicationId, next.snapshot.parts[0]?.text ?? '')
            cancelled.delete(plan.publicationId)
            plans = plans.with(one.which, next)
          }
          break
        }
        case 'cancel': {
          const plan = plans[one.which]
          if (!plan) break
          const { publicationId, channelId, postId, version } = plan
          const entry = { publicationId, channelId, postId, version }
          const { done } = await world.change(world.call, { replace: [], cancel: [entry] })
          if (done.length > 0) cancelled.add(publicationId)
          break
        }
        case 'hold': {
          const { hold, alreadySending } = await world.hold()
          held.push(hold.id)
          listed ??= new Set(alreadySending.map(({ publicationId }) => publicationId))
          break
        }
        case 'release': {
          for (const id of held.splice(0)) await world.release(id)
          listed = null
          break
        }
        case 'pass_time':
          // A request begins within its lease or not at all: what did not leave by now never will.
          underWay.length = 0
          await world.passTime()
          break
      }
      const fresh = world.network.accepted.slice(before)
      if (listed) for (const { publicationId } of fresh) expect(listed).toContain(publicationId)
      check()
    }
    await settleAll(world, held)
    check()
    await expectTruth(world, keyed)
  }

  /** Everybody is well again and time passes: everything comes to its end. */
  async function settleAll(world: ReturnType<typeof modelWorld>, held: string[]): Promise<void> {
    for (const id of held.splice(0)) await world.release(id)
    world.network.manner = 'accepts'
    for (let round = 0; round < 30; round++) {
      await world.passTime()
      const { intents, inDoubt: doubts } = await world.intents('last')
      for (const intent of intents) await world.carryOut(intent, 'accepts', 'none')
      await world.reconcile(doubts, 'last')
    }
  }

  async function expectTruth(world: ReturnType<typeof modelWorld>, keyed: Keyed): Promise<void> {
    const rows = await dataSource.query<{ id: string; state: string; remote: string | null }[]>(
      'select id, state, remote_id as remote from publications',
    )
    const live = new Map(world.network.accepted.map((post) => [post.publicationId, post.key]))
    const mayEnd = [
      'published',
      'failed',
      'cancelled',
      ...(keyed === 'none' ? ['unconfirmed'] : []),
    ]
    for (const { id, state, remote } of rows) {
      expect(mayEnd).toContain(state)
      if (state === 'published') expect(remote).toBe(live.get(id))
      if (state === 'failed' || state === 'cancelled') expect(live.has(id)).toBe(false)
    }
  }

  const aChannel = (id: string, workspaceId: string) =>
    dataSource.query(
      `insert into channels (id, workspace_id, network, external_id, handle, name, credentials, health, scopes, version)
       values ($1, $2, 'sandbox', $1, $1, $1, 'sealed', 'ok', '[]', 1)`,
      [id, workspaceId],
    )
})
