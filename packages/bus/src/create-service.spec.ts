import { approvalPolicyChanged, getApprovalPolicy, systemContext } from '@hamava/contracts'
import { newId } from '@hamava/service-kit'
import { eventually, testDatabase } from '@hamava/service-kit/testing'
import { describe, expect, it } from '@jest/globals'
import { Controller, Module } from '@nestjs/common'
import { Client } from 'pg'
import { DataSource } from 'typeorm'
import { createService } from './create-service.ts'
import { busEntities, busMigrations } from './events/bus-tables.ts'
import { OnRequest } from './requests/on-request.ts'
import { RequestClient } from './requests/request-client.ts'
import { testNats } from './testing/test-nats.ts'
import { serviceParts } from './testing/two-services.ts'

const database = { entities: busEntities, migrations: busMigrations }

@Controller()
class Policies {
  @OnRequest(getApprovalPolicy)
  async get() {
    return { approval: 'none' as const }
  }
}

@Module({ controllers: [Policies] })
class PoliciesModule {}

describe('a service', () => {
  it('starts while NATS is down, says that it is not ready, and answers once NATS is there', async () => {
    await using nats = await testNats()
    await using db = await testDatabase(database)
    await nats.kill()
    const parts = serviceParts('content', nats.url, db.url, [PoliciesModule], { database })
    await using service = await createService(parts)
    await service.start()
    const ready = async () => {
      const response = await fetch(`${service.url}/health/ready`)
      return [response.status, await response.json()]
    }
    expect(await ready()).toEqual([
      503,
      { status: 'unavailable', database: true, nats: false, relay: true },
    ])
    expect((await fetch(`${service.url}/health/live`)).status).toBe(200)

    await nats.start()
    const answer = await eventually('an answer', () =>
      service.app
        .get(RequestClient)
        .send(
          getApprovalPolicy,
          systemContext(newId('workspace'), 'content'),
          {},
          { deadlineMs: 500 },
        )
        .catch(() => null),
    )
    expect(answer).toEqual({ approval: 'none' })
    expect((await ready())[0]).toBe(200)
  })

  it('refuses to start when an event that it declares has no handler', async () => {
    await using nats = await testNats()
    await using db = await testDatabase(database)
    const parts = serviceParts('scheduling', nats.url, db.url, [], { database })
    await using service = await createService({ ...parts, consumes: [approvalPolicyChanged] })
    await expect(service.start()).rejects.toThrow(
      `it declares ${approvalPolicyChanged.name} but nothing handles it: add a method with @OnEvent`,
    )
  })

  it('lives on when PostgreSQL cuts its connections', async () => {
    await using nats = await testNats()
    await using db = await testDatabase(database)
    const parts = serviceParts('content', nats.url, db.url, [], { database })
    await using service = await createService(parts)
    await service.start()
    const dataSource = service.app.get(DataSource)
    const busy = Promise.allSettled(
      Array.from({ length: 5 }, () => dataSource.query('select pg_sleep(5)')),
    )
    const killer = new Client({ connectionString: db.url })
    await killer.connect()
    await eventually('five connections at work', async () => {
      const { rowCount } = await killer.query(
        `select 1 from pg_stat_activity
         where datname = current_database() and query like 'select pg_sleep%' and state = 'active'`,
      )
      return rowCount === 5
    })
    await killer.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    )
    expect((await busy).every((one) => one.status === 'rejected')).toBe(true)
    await killer.end()
    const again = await eventually('the database answers', () =>
      dataSource.query<{ one: number }[]>('select 1 as one').catch(() => null),
    )
    expect(again).toEqual([{ one: 1 }])
  })
})
