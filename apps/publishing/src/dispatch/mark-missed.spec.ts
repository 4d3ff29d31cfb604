import { setLatePolicy } from '@hamava/contracts'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { aPlan, type TestWorld, testWorld } from '../testing/world.ts'

describe('what was missed', () => {
  let world: TestWorld
  beforeAll(async () => {
    world = await testWorld()
  })
  afterAll(() => world?.close())

  it.each([
    [1, 'within 1 minute of', 'تا ۱ دقیقه'],
    [3, 'within 3 minutes of', 'تا ۳ دقیقه'],
  ])('says how late its workspace lets it be: %i min', async (lateMinutes, en, fa) => {
    await world.client.send(setLatePolicy, world.call, { lateMinutes })
    const { id: channelId } = await world.channel(`late_${lateMinutes}`)
    const inMs = -(lateMinutes + 1) * 60_000
    const late = aPlan({ channelId, inMs })
    const unapproved = aPlan({ channelId, inMs, isApproved: false })
    await world.plan(late, unapproved)
    for (const { publicationId } of [late, unapproved]) {
      const missed = await world.reaches(publicationId, 'missed')
      expect(missed.reason?.message.en).toContain(en)
      expect(missed.reason?.message.fa).toContain(fa)
    }
  })

  it('is never what an unanswered request may yet have put on the channel: a person looks', async () => {
    const { id: channelId } = await world.channel('not_seen')
    const plan = aPlan({ channelId, inMs: 3_600_000 })
    await world.plan(plan)
    // Its only request was not answered, and nothing was seen of it; by then it was too late.
    await world.sql(
      `update publications set attempt_count = 1, cleared_up_to = 1, due_at = now() - interval '1 hour',
         next_attempt_at = now() where id = $1`,
      [plan.publicationId],
    )
    const asked = await world.reaches(plan.publicationId, 'unconfirmed')
    expect(asked.reason?.code).toBe('outcome_unknown')
    expect(asked.reason?.fix.en).toMatch(/^Look on the network/)
    expect(await world.network.live('not_seen')).toEqual([])
  })
})
