import { approvalPolicyChanged, systemContext } from '@hamava/contracts'
import { newId } from '@hamava/service-kit'
import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { DataSource } from 'typeorm'
import { Metrics } from '../metrics.ts'
import { type TestNats, testNats } from '../testing/test-nats.ts'
import { twoServices } from '../testing/two-services.ts'
import { DeadLettersService } from './dead-letters.service.ts'
import { OutboxRelay } from './outbox-relay.ts'
import { ReadOutboxStatus } from './read-outbox-status.ts'
import { Transactions } from './transactions.ts'

describe('an event that is larger than NATS takes', () => {
  let nats: TestNats
  let world: Awaited<ReturnType<typeof twoServices>>
  beforeAll(async () => {
    nats = await testNats()
    world = await twoServices(nats.url)
  })
  afterAll(async () => {
    await world?.close()
    await nats?.stop()
  })

  const part = <T>(type: new (...args: never[]) => T): T => world.producer.app.get(type)
  const letters = async () => (await part(DeadLettersService).list({ limit: 10 })).items
  const outgoing = async () => (await letters()).find(({ replayedAt }) => replayedAt === null)

  /** As an earlier version of a service would have left it. */
  const leaveInOutbox = async (bytes: number) => {
    const id = newId('event')
    const body = {
      before: { approval: 'none' },
      after: { approval: 'other_person' },
      more: 'x'.repeat(bytes),
    }
    await part(DataSource).query(
      `insert into outbox (id, event, context, body, bytes) values ($1, $2, $3, $4, $5)`,
      [id, approvalPolicyChanged.name, systemContext(newId('workspace'), 'content'), body, bytes],
    )
    part(OutboxRelay).wake()
    return id
  }

  it('is refused where it is made, and nothing of that transaction stays', async () => {
    const call = systemContext(newId('workspace'), 'x'.repeat(10))
    const huge = { schema: { parse: () => 'x'.repeat(900_001) } }
    const event = { ...approvalPolicyChanged, ...huge } as unknown as typeof approvalPolicyChanged
    const made = part(Transactions).run(async (tx) => {
      await tx.manager.query(`insert into effects (event_id) values ('never')`)
      tx.publish(event, call, { before: { approval: 'none' }, after: { approval: 'none' } })
    })
    await expect(made).rejects.toThrow(/has 900003 bytes, and no event may have more than 900000/)
    expect(await part(DataSource).query(`select 1 from effects where event_id = 'never'`)).toEqual(
      [],
    )
  })

  it('leaves the line at the first try, is listed and counted, and holds up nothing', async () => {
    const id = await leaveInOutbox(2_000_000)
    const before = (await world.effects()).distinct
    await world.publish(20)
    await eventually('the others', async () => (await world.effects()).distinct === before + 20)
    const letter = await eventually('a dead letter', outgoing)
    expect(letter).toMatchObject({ id, direction: 'outgoing', deliveries: 0, service: 'content' })
    expect(letter.error).toMatch(/max_payload.*\(2000000 bytes\)/)
    const status = await part(ReadOutboxStatus).read()
    expect(status).toMatchObject({ waiting: 0, deadLetters: { incoming: 0, outgoing: 1 } })
    expect(await part(Metrics).text()).toContain('hamava_outbox_dead_letters_outgoing 1\n')
  })

  it('comes back to the dead letters while it is too large, and goes out once it is not', async () => {
    const { id = '' } = (await outgoing()) ?? {}
    await part(DeadLettersService).replay(id)
    const again = await eventually('it is back', outgoing)
    expect(again.id).toBe(id)

    const before = (await world.effects()).distinct
    await nats.kill()
    await nats.start({ maxPayload: 4 * 1024 * 1024 })
    await part(DeadLettersService).replay(id)
    await eventually(
      'its effect',
      async () => (await world.effects()).distinct === before + 1,
      25_000,
    )
    expect((await letters()).map(({ id, replayedAt }) => [id, replayedAt !== null])).toEqual([
      [id, true],
    ])
  })

  it('does not delay small ones, and of large ones each workspace has its turn', async () => {
    const source = part(DataSource)
    const leave = (workspace: string, bytes: number) =>
      source.query(
        `insert into outbox (id, event, context, body, bytes) values ($1, $2, $3, $4, $5)`,
        [
          newId('event'),
          approvalPolicyChanged.name,
          systemContext(workspace, 'content'),
          { before: { approval: 'none' }, after: { approval: 'none' }, more: 'x'.repeat(bytes) },
          bytes,
        ],
      )
    await nats.kill()
    const [loud, quiet] = [newId('workspace'), newId('workspace')]
    for (let n = 0; n < 40; n++) await leave(loud, 500_000)
    await leave(quiet, 500_000)
    await leave(quiet, 100)
    await nats.start({ maxPayload: 1024 * 1024 })
    part(OutboxRelay).wake()
    const placeOf = async (workspace: string, isSmall: boolean) => {
      const [row] = await source.query<{ place: number }[]>(
        `select place from (
           select *, row_number() over (order by stream_seq)::int as place from outbox
           where body ? 'more' and bytes <> 2000000 and stream_seq is not null) o
         where context->>'workspaceId' = $1 and (bytes <= 32768) = $2`,
        [workspace, isSmall],
      )
      return row?.place
    }
    await eventually(
      'all are relayed',
      async () => {
        const [row] = await source.query(
          'select count(*)::int as n from outbox where relayed_at is null',
        )
        return row.n === 0
      },
      25_000,
    )
    expect(await placeOf(quiet, true)).toBeLessThanOrEqual(12)
    expect(await placeOf(quiet, false)).toBeLessThanOrEqual(4)
  })

  it('is listed once over the pages, also when many were refused at once', async () => {
    const source = part(DataSource)
    await source.query('delete from dead_letters')
    await nats.kill()
    const ids = await Promise.all(Array.from({ length: 7 }, () => leaveInOutbox(2_000_000)))
    await nats.start({ maxPayload: 1024 * 1024 })
    part(OutboxRelay).wake()
    await eventually(
      'all are refused',
      async () => (await part(ReadOutboxStatus).read()).deadLetters.outgoing === ids.length,
      25_000,
    )
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await part(DeadLettersService).list({ limit: 3, cursor })
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(seen.toSorted()).toEqual(ids.toSorted())
  })
})
