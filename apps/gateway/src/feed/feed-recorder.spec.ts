import { tmpdir } from 'node:os'
import { pathToFileURL } from 'node:url'
import { type RunningService, Transactions } from '@hamava/bus'
import { doubleDatabase, startPublishingDouble, testNats } from '@hamava/bus/testing'
import { type Hold, holdChanged, systemContext } from '@hamava/contracts'
import { newId } from '@hamava/service-kit'
import { eventually, testDatabase } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { DataSource } from 'typeorm'
import { AuditService } from '../audit/audit.service.ts'
import { database } from '../database/database.ts'
import { create } from '../service.ts'

describe('what is recorded of a burst', () => {
  const call = systemContext(newId('workspace'), 'publishing')
  const closing: (() => Promise<unknown>)[] = []
  let gateway: RunningService
  let publishing: RunningService

  beforeAll(async () => {
    const [nats, mine, theirs] = await Promise.all([
      testNats(),
      testDatabase(database),
      testDatabase(doubleDatabase),
    ])
    publishing = await startPublishingDouble(nats.url, theirs.url)
    gateway = await create({
      DATABASE_URL: mine.url,
      NATS_URL: nats.url,
      HEALTH_PORT: 0,
      HEALTH_HOST: '127.0.0.1',
      LOG_LEVEL: 'fatal',
      HAMAVA_STORAGE_URL: pathToFileURL(tmpdir()).href,
      HAMAVA_SECRET_KEY: Buffer.alloc(32).toString('base64'),
      PORT: 0,
      HOST: '127.0.0.1',
      PUBLIC_URL: 'http://localhost',
      TRUST_PROXY: '',
      RATE_LIMIT_PER_MINUTE: 1,
      MAX_UPLOAD_BYTES: 1,
    })
    await gateway.start()
    closing.push(() => Promise.all([gateway.close(), publishing.close()]))
    closing.push(() => Promise.all([mine.drop(), theirs.drop(), nats.stop()]))
  })

  afterAll(async () => {
    for (const close of closing) await close()
  })

  const query = <T>(sql: string) => gateway.app.get(DataSource).query<T[]>(sql, [call.workspaceId])

  it('is in the order of the events, in the feed as in the audit log', async () => {
    const holds = Array.from({ length: 30 }, () => aHold(call.workspaceId))
    const changes = holds.flatMap((hold) => {
      const released = { ...hold, releasedAt: new Date().toISOString() }
      return [
        { holdId: hold.id, action: 'placed' as const, before: null, after: hold },
        { holdId: hold.id, action: 'released' as const, before: hold, after: released },
      ]
    })
    await publishing.app.get(Transactions).run(async (tx) => {
      for (const change of changes) tx.publish(holdChanged, call, change)
    })

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
