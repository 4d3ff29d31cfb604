import {
  type CallContext,
  getApprovalPolicy,
  type ParsedInputOf,
  setApprovalPolicy,
  systemContext,
} from '@hamava/contracts'
import { AppError, newId } from '@hamava/service-kit'
import { testDatabase } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Controller, Module } from '@nestjs/common'
import { createService, type RunningService } from '../create-service.ts'
import { busEntities, busMigrations } from '../events/bus-tables.ts'
import { type TestNats, testNats } from '../testing/test-nats.ts'
import { serviceParts } from '../testing/two-services.ts'
import { OnRequest } from './on-request.ts'
import { RequestClient } from './request-client.ts'

@Controller()
class Policies {
  @OnRequest(getApprovalPolicy)
  async get(_input: ParsedInputOf<typeof getApprovalPolicy>, call: CallContext) {
    if (call.actor.viaId === 'broken') throw new Error('the secret is 42')
    return {
      approval: call.actor.viaId === 'strict' ? ('other_person' as const) : ('none' as const),
    }
  }

  @OnRequest(setApprovalPolicy)
  async set(): Promise<never> {
    throw new AppError('stale', { sent: '1', current: '2' })
  }
}

@Module({ controllers: [Policies] })
class PoliciesModule {}

const database = { entities: busEntities, migrations: busMigrations }

describe('requests', () => {
  let nats: TestNats
  let answering: RunningService
  let asking: RequestClient
  let close: () => Promise<void>

  beforeAll(async () => {
    nats = await testNats()
    const db = await testDatabase(database)
    const parts = { database }
    answering = await createService(
      serviceParts('content', nats.url, db.url, [PoliciesModule], parts),
    )
    const caller = await createService(serviceParts('gateway', nats.url, db.url, [], parts))
    await Promise.all([answering.start(), caller.start()])
    asking = caller.app.get(RequestClient)
    close = async () => {
      await Promise.all([answering.close(), caller.close()])
      await db.drop()
      await nats.stop()
    }
  })

  afterAll(() => close?.())

  const as = (who: string) => systemContext(newId('workspace'), who)

  it('answers, and knows who asks', async () => {
    expect(await asking.send(getApprovalPolicy, as('strict'), {})).toEqual({
      approval: 'other_person',
    })
  })

  it('hands a refusal to the caller as it was meant', async () => {
    const refused = asking.send(setApprovalPolicy, as('anyone'), { approval: 'none' })
    await expect(refused).rejects.toMatchObject({
      name: 'AppError',
      code: 'stale',
      params: { sent: '1', current: '2' },
    })
  })

  it('tells nothing of what went wrong inside', async () => {
    const failed = await asking.send(getApprovalPolicy, as('broken'), {}).catch((e: unknown) => e)
    expect(failed).toMatchObject({ code: 'internal', params: {} })
  })

  it('says that the service is unavailable when nobody answers in time', async () => {
    await answering.close()
    await expect(
      asking.send(getApprovalPolicy, as('anyone'), {}, { deadlineMs: 1_000 }),
    ).rejects.toMatchObject({
      code: 'unavailable',
      params: { service: 'content' },
    })
  })
})
