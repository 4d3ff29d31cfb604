import {
  replacePublications,
  reschedulePublications,
  resolvePublication,
  retryPublication,
} from '@hamava/contracts'
import { newId } from '@hamava/service-kit'
import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { DataSource } from 'typeorm'
import { AttemptRow } from '../../publications/attempt.entity.ts'
import { aPlan, part, type TestWorld, testWorld } from '../../testing/world.ts'
import { OutcomeQueue } from '../settle/outcome-queue.ts'

type Keyed = 'key' | 'late' | 'readable' | 'none'

describe('a publication in doubt', () => {
  let world: TestWorld
  beforeAll(async () => {
    world = await testWorld()
  })
  afterAll(() => world?.close())

  /** Another replica took the publication, wrote its intent and was not heard of again. */
  async function leftBehind(channelId: string, text = 'جا مانده') {
    const plan = aPlan({ channelId, text, inMs: 60_000 })
    await world.plan(plan)
    const attemptId = newId('attempt')
    await world.sql(
      `insert into attempts (id, publication_id, number, part, step, lease_owner, fingerprint, idempotency_key)
       values ($1, $2, 1, 0, 'publish', 'dead', 'x', $2 || '-0')`,
      [attemptId, plan.publicationId],
    )
    await world.sql(
      `update publications set state = 'sending', attempt_count = 1, lease_owner = 'dead', due_at = now(),
         next_attempt_at = now(), lease_until = now() + interval '300 ms' where id = $1`,
      [plan.publicationId],
    )
    await world.sql(
      `update lanes set lease_owner = 'dead', lease_until = now() + interval '300 ms',
         next_at = now() + interval '300 ms' where channel_id = $1`,
      [channelId],
    )
    return { ...plan, attemptId }
  }

  it.each<[Keyed, string]>([
    ['key', 'publish'],
    ['late', 'find'],
    ['readable', 'find'],
  ])('is up once when the reply is lost on an account that offers %s', async (keyed, step) => {
    const handle = `lost_${keyed}`
    const channel = await world.channel(handle, { keyed })
    await world.network.fault({ kind: 'drop_reply', handle, times: 1 })
    const plan = aPlan({ channelId: channel.id, parts: [part('یک'), part('دو', 'first_comment')] })
    await world.plan(plan)
    const done = await world.reaches(plan.publicationId, 'published')
    const live = await world.network.live(handle)
    expect(live.map(({ text }) => text)).toEqual(['یک', 'دو'])
    expect(done.remoteId).toBe(live[0]?.id)
    expect(done.attempts.slice(0, 2)).toMatchObject([
      { outcome: 'unknown_outcome' },
      { step, outcome: 'published' },
    ])
  })

  it('asks a person when nothing can tell, and takes their word that it is live', async () => {
    const channel = await world.channel('lost_none', { keyed: 'none' })
    await world.network.fault({ kind: 'drop_reply', handle: 'lost_none', times: 1 })
    const plan = aPlan({ channelId: channel.id })
    await world.plan(plan)
    const { publicationId: id } = plan
    const asked = await world.reaches(id, 'unconfirmed')
    expect(asked.reason?.code).toBe('outcome_unknown')
    expect(await world.cancel(plan)).toMatchObject({ tooLate: [{ state: 'unconfirmed' }] })
    await expect(world.client.send(retryPublication, world.call, { id })).rejects.toMatchObject({
      code: 'publication_state',
    })
    const permalink = 'https://example.org/p/1'
    const settled = await world.client.send(resolvePublication, world.call, {
      id,
      resolution: { isLive: true, permalink },
    })
    expect(settled).toMatchObject({ state: 'published', permalink })
    expect(await world.network.live('lost_none')).toHaveLength(1)
  })

  it('is sent again when a person says that it is not live', async () => {
    const channel = await world.channel('bad_none', { keyed: 'none' })
    await world.network.fault({ kind: '5xx', status: 502, handle: 'bad_none', times: 1 })
    const { publicationId: id, ...plan } = aPlan({ channelId: channel.id })
    await world.plan({ publicationId: id, ...plan })
    await world.reaches(id, 'unconfirmed')
    const resolution = { isLive: false as const }
    await world.client.send(resolvePublication, world.call, { id, resolution })
    await world.reaches(id, 'published')
    expect(await world.network.live('bad_none')).toHaveLength(1)
  })

  it('takes no other words, no cancelling and no new time until it is settled, and says until when', async () => {
    const channel = await world.channel('asked_in_doubt', { keyed: 'late' })
    // Its reply comes when nobody waits for it any more.
    const slow = { kind: 'latency', handle: 'asked_in_doubt', ms: 1_500, times: 1 }
    await world.network.fault(slow)
    const plan = aPlan({ channelId: channel.id, text: 'پیش از ویرایش' })
    await world.plan(plan)
    const { publicationId: id } = plan
    await world.reaches(id, 'sending')
    const inDoubt = [{ publicationId: id, state: 'sending', inDoubtUntil: expect.any(String) }]
    const edited = aPlan({
      channelId: channel.id,
      text: 'پس از ویرایش',
      version: 2,
      publicationId: id,
    })
    const change = { replace: [edited], cancel: [] }
    const answer = await world.client.send(replacePublications, world.call, change)
    expect(answer).toEqual({ done: [], tooLate: inDoubt })
    expect((await world.cancel(plan)).tooLate).toEqual(inDoubt)
    const moved = await world.client.send(reschedulePublications, world.call, {
      publicationIds: [id],
      at: new Date(Date.now() + 60_000).toISOString(),
      everySeconds: 0,
    })
    expect(moved.tooLate).toMatchObject([{ publicationId: id, state: 'sending' }])
    await world.reaches(id, 'published')
    expect((await world.network.live('asked_in_doubt')).map(({ text }) => text)).toEqual([
      'پیش از ویرایش',
    ])
  })

  it('is looked for twice before it counts as absent, then sent', async () => {
    const channel = await world.channel('absent', { keyed: 'readable' })
    const { publicationId } = await leftBehind(channel.id)
    const done = await world.reaches(publicationId, 'published')
    expect(done.attempts.map(({ step, outcome }) => [step, outcome])).toEqual([
      ['publish', null],
      ['find', 'absent'],
      ['find', 'absent'],
      ['publish', 'published'],
    ])
    expect(await world.network.live('absent')).toHaveLength(1)
  })

  it('is sent again under its key when its replica died', async () => {
    const channel = await world.channel('died_key')
    const { publicationId } = await leftBehind(channel.id)
    const done = await world.reaches(publicationId, 'published')
    expect(done.attempts.map(({ idempotencyKey }) => idempotencyKey)).toEqual([
      `${publicationId}-0`,
      `${publicationId}-0`,
    ])
    expect(await world.network.live('died_key')).toHaveLength(1)
  })

  it('is found out about, though another of the same turn cannot be: its credentials are unreadable', async () => {
    const [broken, sound] = [await world.channel('unreadable'), await world.channel('beside_it')]
    const sealed = await world.sql<{ credentials: string }>(
      'select credentials from channels where id = $1',
      [broken.id],
    )
    await world.sql(`update channels set credentials = 'not what was sealed' where id = $1`, [
      broken.id,
    ])
    const first = await leftBehind(broken.id)
    const second = await leftBehind(sound.id)
    await world.sql(
      `update lanes set lease_until = now() + interval '300 ms', next_at = now() + interval '300 ms'
       where channel_id = any($1)`,
      [[broken.id, sound.id]],
    )
    await world.reaches(second.publicationId, 'published')
    expect((await world.publication(first.publicationId)).state).toBe('sending')
    await world.sql('update channels set credentials = $2 where id = $1', [
      broken.id,
      sealed[0]?.credentials,
    ])
    await world.reaches(first.publicationId, 'published')
    expect(await world.network.live('unreadable')).toHaveLength(1)
  })

  it('is left to a person when its replica died and nothing can tell', async () => {
    const channel = await world.channel('died_none', { keyed: 'none' })
    const { publicationId } = await leftBehind(channel.id)
    await world.reaches(publicationId, 'unconfirmed')
    expect(await world.network.live('died_none')).toHaveLength(0)
  })

  it('changes nothing by the late answer of a replica that lost it, but keeps it as evidence', async () => {
    const channel = await world.channel('zombie')
    const { publicationId, attemptId } = await leftBehind(channel.id)
    const done = await world.reaches(publicationId, 'published')
    const attempt = await world.service.app
      .get(DataSource)
      .getRepository(AttemptRow)
      .findOneByOrFail({ id: attemptId })
    const outcome = { kind: 'published' as const, id: 'ghost', permalink: null, ref: {} }
    await world.service.app
      .get(OutcomeQueue)
      .record({ ...attempt, channelId: channel.id }, { outcome, exchanges: [] })
    const after = await world.publication(publicationId)
    expect(after).toMatchObject({ remoteId: done.remoteId, revision: done.revision })
    expect(after.attempts[0]?.outcome).toBe('published')
  })

  it('stays in doubt, out of reach of a cancel, while the network refuses to answer', async () => {
    const channel = await world.channel('refusing')
    const plan = await leftBehind(channel.id)
    await world.network.fault({ kind: '5xx', handle: 'refusing', times: 1 })
    await eventually('the second try was refused', async () => {
      const { attempts } = await world.publication(plan.publicationId)
      return attempts.some(({ outcome }) => outcome === 'temporary')
    })
    expect(await world.cancel(plan)).toMatchObject({ done: [], tooLate: [{}] })
    await world.reaches(plan.publicationId, 'published')
    expect(await world.network.live('refusing')).toHaveLength(1)
  })
})

describe('a publication that waits until its request cannot be under way any more', () => {
  let world: TestWorld
  beforeAll(async () => {
    world = await testWorld({ DOUBT_WAIT_MS: 2_000 })
  })
  afterAll(() => world?.close())

  it.each(['late', 'readable'] as const)(
    'holds up nothing else of its channel, and is up once: %s',
    async (keyed) => {
      const handle = `patient_${keyed}`
      const channel = await world.channel(handle, { keyed })
      // The connection breaks, and the post is made longer after that than a request may take.
      await world.network.fault({ kind: 'cut', handle, ms: 2_200, times: 1 })
      const first = aPlan({ channelId: channel.id, text: 'نخست' })
      await world.plan(first)
      await world.reaches(first.publicationId, 'sending')
      const others = ['دوم', 'سوم'].map((text) => aPlan({ channelId: channel.id, text }))
      await world.plan(...others)
      for (const { publicationId } of others) await world.reaches(publicationId, 'published')
      expect((await world.publication(first.publicationId)).state).toBe('sending')
      const done = await world.reaches(first.publicationId, 'published')
      const texts = (await world.network.live(handle)).map(({ text }) => text)
      expect(texts.toSorted()).toEqual(['نخست', 'دوم', 'سوم'].toSorted())
      expect(done.attempts.filter(({ step }) => step === 'publish')).toHaveLength(1)
    },
  )
})
