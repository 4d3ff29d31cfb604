import { newId } from '@hamava/service-kit'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { DataSource } from 'typeorm'
import { type TestNats, testNats } from '../testing/test-nats.ts'
import { twoServices } from '../testing/two-services.ts'
import { ReadOutboxStatus } from './read-outbox-status.ts'

describe('how the events of a service come along', () => {
  let nats: TestNats
  let world: Awaited<ReturnType<typeof twoServices>>
  beforeAll(async () => {
    nats = await testNats()
    world = await twoServices(nats.url)
    await nats.kill()
  })
  afterAll(async () => {
    await world?.close()
    await nats?.stop()
  })

  const source = () => world.producer.app.get(DataSource)
  const status = () => world.producer.app.get(ReadOutboxStatus).read()
  const leave = async (created: string, relayed: string | null) => {
    const id = newId('event')
    await source().query(
      `insert into outbox (id, event, context, body, bytes, created_at, relayed_at)
       values ($1, 'content.policy.changed.v1', '{}', '{}', 2, now() - $2::interval, now() - $3::interval)`,
      [id, created, relayed],
    )
    return id
  }

  it('is not called stuck while days of events are fed again, and is once nothing before it leaves', async () => {
    const left = await leave('2 days', '1 second')
    await leave('2 days', null)
    expect(await status()).toMatchObject({ waiting: 1, isStuck: false })
    await source().query(
      `update outbox set relayed_at = now() - interval '1 minute' where id = $1`,
      [left],
    )
    expect(await status()).toMatchObject({ waiting: 1, isStuck: true })
  })
})
