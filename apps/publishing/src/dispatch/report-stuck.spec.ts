import { reschedulePublications } from '@hamava/contracts'
import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { aPlan, part, type TestWorld, testWorld } from '../testing/world.ts'
import { ReportStuck } from './report-stuck.ts'

describe('a publication that does not come to an end', () => {
  let world: TestWorld
  beforeAll(async () => {
    world = await testWorld({ STUCK_AFTER_MS: 60_000 })
  })
  afterAll(() => world?.close())

  const tell = () => world.service.app.get(ReportStuck).run()
  const told = async (id: string) => {
    const rows = await world.sql<{ since: string }>(
      `select body->>'since' as since from outbox
       where event = 'publishing.publication.stuck.v1' and body->>'publicationId' = $1`,
      [id],
    )
    return rows.map(({ since }) => Date.parse(since))
  }
  /** As if it had begun so many minutes ago. */
  const age = async (id: string, minutes: number) => {
    await world.sql(
      `update publications set due_at = due_at - $2 * interval '1 minute' where id = $1`,
      [id, minutes],
    )
    await world.sql(
      `update attempts set started_at = started_at - $2 * interval '1 minute' where publication_id = $1`,
      [id, minutes],
    )
  }

  it('is told of once, and again when it is stuck after a new time', async () => {
    const { id: channelId } = await world.channel('stuck')
    await world.network.fault({ kind: 'slow_media', ms: 600_000, handle: 'stuck' })
    const image = await world.image('stuck.png')
    const plan = aPlan({ channelId, parts: [part('گیر', 'post', [image])] })
    const { publicationId: id } = plan
    await world.plan(plan)
    await world.reaches(id, 'pending')
    await age(id, 2)
    await eventually('it is told of', async () => {
      await tell()
      return (await told(id)).length > 0
    })
    await tell()
    expect(await told(id)).toHaveLength(1)

    const at = new Date(Date.now() + 200).toISOString()
    await world.client.send(reschedulePublications, world.call, { publicationIds: [id], at })
    await world.reaches(id, 'pending')
    await tell()
    expect(await told(id)).toHaveLength(1)
    await age(id, 3)
    await eventually('it is told of again', async () => {
      await tell()
      return (await told(id)).length > 1
    })
    const [first = 0, second = 0] = await told(id)
    expect(second - Date.parse(at)).toBeLessThan(0)
    expect(first).toBeLessThan(Date.now())
    expect(await told(id)).toHaveLength(2)
  })
})
