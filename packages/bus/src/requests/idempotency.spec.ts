import { type CallContext, setApprovalPolicy, systemContext } from '@hamava/contracts'
import { AppError, newId } from '@hamava/service-kit'
import { testDatabase } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Controller, Module } from '@nestjs/common'
import { createService, type RunningService } from '../create-service.ts'
import { busEntities, busMigrations } from '../events/bus-tables.ts'
import { Transactions } from '../events/transactions.ts'
import { testNats } from '../testing/test-nats.ts'
import { serviceParts } from '../testing/two-services.ts'
import { OnRequest } from './on-request.ts'
import { RequestClient } from './request-client.ts'

let carriedOut = 0
let trouble: (() => void) | null = null
let gate: Promise<void> = Promise.resolve()

@Controller()
class Policies {
  constructor(private readonly transactions: Transactions) {}

  @OnRequest(setApprovalPolicy)
  set(policy: { approval: 'none' | 'other_person' }) {
    return this.transactions.run(async () => {
      await gate
      trouble?.()
      carriedOut++
      return policy
    })
  }
}

@Module({ controllers: [Policies] })
class PoliciesModule {}

describe('a request with an idempotency key', () => {
  let asking: RequestClient
  let close: () => Promise<void>
  const call: CallContext = systemContext(newId('workspace'), 'gateway')

  beforeAll(async () => {
    const nats = await testNats()
    const database = { entities: busEntities, migrations: busMigrations }
    const [mine, theirs] = await Promise.all([testDatabase(database), testDatabase(database)])
    const parts = { database }
    const services: RunningService[] = [
      await createService(serviceParts('content', nats.url, mine.url, [PoliciesModule], parts)),
      await createService(serviceParts('gateway', nats.url, theirs.url, [], parts)),
    ]
    await Promise.all(services.map((service) => service.start()))
    asking = services[1]?.app.get(RequestClient) as RequestClient
    close = async () => {
      await Promise.all(services.map((service) => service.close()))
      await Promise.all([mine.drop(), theirs.drop()])
      await nats.stop()
    }
  })

  afterAll(() => close?.())

  const send = (key: string, fingerprint = 'f', onReplay?: () => void) =>
    asking.send(
      setApprovalPolicy,
      call,
      { approval: 'none' },
      { idempotency: { key, fingerprint }, onReplay },
    )

  it('is carried out once, and answered alike', async () => {
    carriedOut = 0
    let replays = 0
    const count = () => {
      replays++
    }
    const answers = [
      await send('a', 'f', count),
      await send('a', 'f', count),
      await send('a', 'f', count),
    ]
    expect(answers).toEqual([{ approval: 'none' }, { approval: 'none' }, { approval: 'none' }])
    expect({ carriedOut, replays }).toEqual({ carriedOut: 1, replays: 2 })
  })

  it('refuses the same key for something else', async () => {
    await send('b')
    await expect(send('b', 'another')).rejects.toMatchObject({ code: 'idempotency_key_reused' })
  })

  it('may be tried again when it was refused: nothing was kept', async () => {
    carriedOut = 0
    trouble = () => {
      throw new AppError('stale', { sent: '1', current: '2' })
    }
    await expect(send('c')).rejects.toMatchObject({ code: 'stale' })
    trouble = null
    await send('c')
    expect(carriedOut).toBe(1)
  })

  it('tells a second one that the first is still at work', async () => {
    carriedOut = 0
    let open = () => {}
    gate = new Promise((resolve) => {
      open = resolve
    })
    // Whichever comes second is refused at once, and only then may the first go on.
    const both = Promise.allSettled([send('d').finally(open), send('d').finally(open)])
    const results = (await both).map((one) =>
      one.status === 'fulfilled' ? 'done' : (one.reason as AppError).code,
    )
    expect(results.sort()).toEqual(['done', 'idempotency_in_flight'])
    expect(carriedOut).toBe(1)
  })
})
