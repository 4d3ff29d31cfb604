import {
  countAttention,
  listPublications,
  publicationPlanned,
  replacePublications,
  reschedulePublications,
  retryPublication,
} from '@hamava/contracts'
import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { MarkMissed } from '../dispatch/mark-missed.ts'
import { aPlan, part, type TestWorld, testWorld } from '../testing/world.ts'

const hour = 3_600_000

describe('planning and changing', () => {
  let world: TestWorld
  let channelId: string
  beforeAll(async () => {
    world = await testWorld()
    channelId = (await world.channel('plans')).id
  })
  afterAll(() => world?.close())

  const replace = (...plans: ReturnType<typeof aPlan>[]) =>
    world.client.send(replacePublications, world.call, { replace: plans, cancel: [] })
  const texts = async (handle = 'plans') =>
    (await world.network.live(handle)).map(({ text }) => text)

  it('takes the same plan twice without a change', async () => {
    const plan = aPlan({ channelId, inMs: hour })
    expect(await world.plan(plan)).toEqual(['kept'])
    const before = await world.publication(plan.publicationId)
    expect(await world.plan(plan)).toEqual(['kept'])
    expect(await world.publication(plan.publicationId)).toEqual(before)
    expect(publicationPlanned.schema.parse(plan)).toEqual(plan)
  })

  it('does not start again what failed when its plan is heard once more', async () => {
    const plan = aPlan({ channelId, text: 'ب'.repeat(1001) })
    await world.plan(plan)
    const failed = await world.reaches(plan.publicationId, 'failed')
    await world.plan(plan)
    expect((await world.publication(plan.publicationId)).revision).toBe(failed.revision)
  })

  it('takes a newer plan and leaves an older one', async () => {
    const first = aPlan({ channelId, inMs: hour, isApproved: false })
    const second = { ...first, version: 2, approvedHash: first.snapshotHash }
    await world.plan(first)
    expect((await world.publication(first.publicationId)).approved).toBe(false)
    expect(await world.plan(second, first)).toEqual(['kept', 'older'])
    expect(await world.publication(first.publicationId)).toMatchObject({
      approved: true,
      version: 2,
    })
  })

  it('is at the time that was asked for last, though an answer about the same version was lost', async () => {
    const plan = aPlan({ channelId, inMs: hour })
    await world.plan(plan)
    const moved = { ...plan, version: 2, dueAt: new Date(Date.now() + 2 * hour).toISOString() }
    const again = { ...moved, dueAt: new Date(Date.now() + 3 * hour).toISOString() }
    const { publicationId } = plan
    for (const asked of [moved, again])
      expect(await replace(asked)).toMatchObject({ done: [publicationId] })
    expect((await world.publication(publicationId)).dueAt).toBe(again.dueAt)
    // As an event it may come once more, and then it moves nothing.
    await world.plan(moved)
    expect((await world.publication(publicationId)).dueAt).toBe(again.dueAt)
  })

  it('stays cancelled when the plan comes after the cancellation', async () => {
    const plan = aPlan({ channelId })
    expect(await world.cancel(plan)).toEqual({ done: [plan.publicationId], tooLate: [] })
    expect(await world.plan(plan)).toEqual(['too_late'])
    expect((await world.publication(plan.publicationId)).state).toBe('cancelled')
  })

  it('tells truthfully that a change comes too late', async () => {
    const plan = aPlan({ channelId, text: 'رفته' })
    await world.plan(plan)
    await world.reaches(plan.publicationId, 'published')
    const { publicationId } = plan
    const tooLate = { done: [], tooLate: [{ publicationId, state: 'published' }] }
    expect(await world.cancel(plan)).toEqual(tooLate)
    const edited = { ...aPlan({ channelId, text: 'دیگر', publicationId }), version: 2 }
    expect(await replace(edited)).toEqual(tooLate)
  })

  it('sends what was edited, at the new time, and nothing of the old', async () => {
    const plan = aPlan({ channelId, text: 'پیش از ویرایش', inMs: hour })
    await world.plan(plan)
    const { publicationId } = plan
    const edited = { ...aPlan({ channelId, text: 'پس از ویرایش', publicationId }), version: 2 }
    expect(await replace(edited)).toEqual({ done: [publicationId], tooLate: [] })
    await world.reaches(publicationId, 'published')
    expect(await texts()).toContain('پس از ویرایش')
    expect(await texts()).not.toContain('پیش از ویرایش')
  })

  it('gives what failed or was missed other words, and sends it only at a new time', async () => {
    const missed = aPlan({ channelId, text: 'دیر و نادرست', inMs: -16 * 60_000 })
    const failed = aPlan({ channelId, text: 'پ'.repeat(1001) })
    await world.plan(missed, failed)
    await world.service.app.get(MarkMissed).run(15)
    await world.reaches(missed.publicationId, 'missed')
    const { reason } = await world.reaches(failed.publicationId, 'failed')
    const mended = [missed, failed].map(({ publicationId }) => ({
      ...aPlan({ channelId, text: `درست ${publicationId}`, publicationId }),
      version: 2,
      keepsTime: true,
    }))
    expect((await replace(...mended)).done).toHaveLength(2)
    expect(await world.publication(missed.publicationId)).toMatchObject({
      state: 'missed',
      dueAt: missed.dueAt,
      version: 2,
    })
    expect(await world.publication(failed.publicationId)).toMatchObject({ state: 'failed', reason })
    for (const { publicationId } of mended) {
      await world.client.send(retryPublication, world.call, { id: publicationId })
      await world.reaches(publicationId, 'published')
      expect(await texts()).toContain(`درست ${publicationId}`)
    }
    expect(await texts()).not.toContain('دیر و نادرست')
  })

  it('keeps the time that was given to a publication when its post gets other words', async () => {
    const plan = aPlan({ channelId, inMs: hour })
    await world.plan(plan)
    const at = new Date(Date.now() + 2 * hour).toISOString()
    const moved = { publicationIds: [plan.publicationId], at, everySeconds: 60 }
    await world.client.send(reschedulePublications, world.call, moved)
    await replace({ ...plan, version: 2, keepsTime: true })
    expect(await world.publication(plan.publicationId)).toMatchObject({ dueAt: at, version: 2 })
  })

  it('says of what was missed for want of an approval that it is approved by now', async () => {
    const plan = aPlan({ channelId, inMs: -16 * 60_000, isApproved: false })
    await world.plan(plan)
    await world.service.app.get(MarkMissed).run(15)
    await world.reaches(plan.publicationId, 'missed')
    const approved = { ...plan, version: 2, approvedHash: plan.snapshotHash, keepsTime: true }
    expect(await world.plan(approved)).toEqual(['kept'])
    expect(await world.publication(plan.publicationId)).toMatchObject({
      state: 'missed',
      reason: { code: 'approved_too_late' },
    })
    await world.client.send(retryPublication, world.call, { id: plan.publicationId })
    await world.reaches(plan.publicationId, 'published')
  })

  it('never shows what was cancelled in time, and always what was not', async () => {
    const { id } = await world.channel('race')
    const plans = Array.from({ length: 60 }, (_, at) =>
      aPlan({ channelId: id, text: `n${at}`, inMs: 300 + at * 8 }),
    )
    await world.plan(...plans)
    await world.reaches(plans[10]?.publicationId ?? '', 'published')
    const answers = await Promise.all(plans.map((plan) => world.cancel(plan)))
    const done = answers.flatMap((answer) => answer.done)
    for (const { publicationId } of plans) {
      await world.reaches(publicationId, done.includes(publicationId) ? 'cancelled' : 'published')
    }
    const inTime = plans.filter(({ publicationId }) => done.includes(publicationId))
    expect(inTime.length).toBeGreaterThan(0)
    expect(inTime.length).toBeLessThan(60)
    const live = await texts('race')
    expect(live.toSorted()).toEqual(
      plans
        .filter((plan) => !inTime.includes(plan))
        .map(({ snapshot }) => snapshot.parts[0]?.text)
        .toSorted(),
    )
  })

  it('cannot call back a thread whose beginning is live', async () => {
    const { id } = await world.channel('half')
    const parts = [part('آغاز'), part('ادامه'.repeat(400), 'thread')]
    const plan = aPlan({ channelId: id, parts })
    await world.plan(plan)
    const failed = await world.reaches(plan.publicationId, 'failed')
    expect(failed.parts).toHaveLength(1)
    expect(await world.cancel(plan)).toMatchObject({ tooLate: [{ state: 'failed' }] })
    await world.client.send(retryPublication, world.call, { id: plan.publicationId })
    await world.reaches(plan.publicationId, 'failed')
    expect(await texts('half')).toEqual(['آغاز'])
  })

  it('misses what could not leave in time, says why, and publishes it when asked', async () => {
    const late = aPlan({ channelId, text: 'دیر', inMs: -16 * 60_000 })
    const unapproved = aPlan({ channelId, inMs: -16 * 60_000, isApproved: false })
    await world.plan(late, unapproved)
    await world.service.app.get(MarkMissed).run(15)
    const missed = await world.reaches(late.publicationId, 'missed')
    expect(missed.reason?.code).toBe('too_late_to_publish')
    const waiting = await world.reaches(unapproved.publicationId, 'missed')
    expect(waiting.reason?.code).toBe('not_approved_in_time')
    expect(await texts()).not.toContain('دیر')
    await world.client.send(retryPublication, world.call, { id: late.publicationId })
    const done = await world.reaches(late.publicationId, 'published')
    expect(done.latenessMs).toBeLessThan(60_000)
  })

  it('lists each publication once over the pages', async () => {
    const { id } = await world.channel('pages')
    const plans = Array.from({ length: 7 }, () => aPlan({ channelId: id, inMs: hour }))
    await world.plan(...plans)
    const seen: string[] = []
    let cursor: string | null | undefined
    do {
      const page = await world.client.send(listPublications, world.call, {
        channelId: id,
        limit: 3,
        ...(cursor && { cursor }),
      })
      seen.push(...page.items.map((item) => item.id))
      cursor = page.nextCursor
    } while (cursor)
    expect(seen.toSorted()).toEqual(plans.map(({ publicationId }) => publicationId).toSorted())
  })

  it('counts what needs a person by its cause, for those who may see it, and shows how it begins', async () => {
    const { id } = await world.channel('counted')
    const call = { ...world.call, channelIds: [id] }
    const count = () => world.client.send(countAttention, call, {})
    const calm = { failed: 0, unconfirmed: 0, missed: 0, held: 0, risk: 0 }
    expect(await count()).toEqual(calm)
    const failing = aPlan({ channelId: id, text: 'ناکام'.repeat(300) })
    const atRisk = aPlan({ channelId: id, inMs: hour, isApproved: false })
    await world.plan(failing, atRisk)
    const failed = await world.reaches(failing.publicationId, 'failed')
    await eventually('both are counted', async () => {
      const counts = await count()
      return counts.failed === 1 && counts.risk === 1
    })
    expect(await count()).toEqual({ ...calm, failed: 1, risk: 1 })
    expect(failed.excerpt).toBe(`${'ناکام'.repeat(32).slice(0, 159)}…`)
    const others = { ...world.call, channelIds: [] }
    expect(await world.client.send(countAttention, others, {})).toEqual(calm)
  })
})
