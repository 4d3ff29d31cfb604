import { type Hold, holdChanged, systemContext } from '@hamava/contracts'
import { newId } from '@hamava/service-kit'
import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { AuditService } from '../audit/audit.service.ts'
import { gatewayWorld } from '../testing/gateway-world.ts'

describe('what is recorded of a burst', () => {
  const call = systemContext(newId('workspace'), 'publishing')
  let world: Awaited<ReturnType<typeof gatewayWorld>>
  beforeAll(async () => {
    world = await gatewayWorld()
  })
  afterAll(() => world?.close())

  const query = <T>(sql: string) => world.dataSource.query<T[]>(sql, [call.workspaceId])

  it('is in the order of the events, in the feed as in the audit log', async () => {
    const holds = Array.from({ length: 30 }, () => aHold(call.workspaceId))
    const changes = holds.flatMap((hold) => {
      const released = { ...hold, releasedAt: new Date().toISOString() }
      return [
        { holdId: hold.id, action: 'placed' as const, before: null, after: hold },
        { holdId: hold.id, action: 'released' as const, before: hold, after: released },
      ]
    })
    const gateway = await world.replica()
    await world.say(call.workspaceId, holdChanged, ...changes)

    const sql =
      'select type, channel_ids, body from feed_events where workspace_id = $1 order by seq'
    const feed = await eventually('the whole feed', async () => {
      const rows = await query<{ body: object }>(sql)
      return rows.length >= changes.length ? rows : null
    })
    expect(feed).toEqual(
      changes.map((body) => ({ type: holdChanged.name, channel_ids: null, body })),
    )
    const page = await gateway.app.get(AuditService).list(call, { limit: 200 })
    const audited = page.items.toReversed()
    expect(
      audited.map(({ action, subject, before, after, actor }) => ({
        action,
        subject,
        before,
        after,
        actor,
      })),
    ).toEqual(
      changes.map(({ holdId, action, before, after }) => ({
        action: `${holdChanged.name}:${action}`,
        subject: { kind: 'hold', id: holdId },
        before,
        after,
        actor: call.actor,
      })),
    )
    const created =
      'select count(*)::int as n from audit_events where workspace_id = $1 and before is null'
    expect(await query(created)).toEqual([{ n: holds.length }])
  })
})

function aHold(workspaceId: string): Hold {
  return {
    id: newId('hold'),
    workspaceId,
    scope: { kind: 'workspace' },
    reason: 'سوگواری',
    until: null,
    placedBy: null,
    placedAt: new Date().toISOString(),
    releasedAt: null,
  }
}
