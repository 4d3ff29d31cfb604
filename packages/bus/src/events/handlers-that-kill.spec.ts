import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { approvalPolicyChanged, type CallContext, systemContext } from '@hamava/contracts'
import { newId } from '@hamava/service-kit'
import { eventually, type TestDatabase, testDatabase } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { DataSource } from 'typeorm'
import { createService, type RunningService } from '../create-service.ts'
import { effectsOf } from '../testing/effects.ts'
import { type TestNats, testNats } from '../testing/test-nats.ts'
import { eventsDatabase, serviceParts } from '../testing/two-services.ts'
import { Transactions } from './transactions.ts'

const scale = Number(process.env.HAMAVA_TEST_SCALE ?? 1)
const count = 200 * scale
const poison = count / 100
const program = join(import.meta.dirname, '../../dist/testing/fragile-consumer.js')

describe('an event whose handler ends the process', () => {
  let nats: TestNats
  let mine: TestDatabase
  let theirs: TestDatabase
  let producer: RunningService
  let effects: DataSource
  beforeAll(async () => {
    if (!existsSync(program)) throw new Error(`${program} is missing: npm run build`)
    ;[nats, mine, theirs] = await Promise.all([
      testNats(),
      testDatabase(eventsDatabase),
      testDatabase(eventsDatabase),
    ])
    producer = await createService(serviceParts('content', nats.url, mine.url, []))
    await producer.start()
    effects = await new DataSource({ type: 'postgres', url: theirs.url }).initialize()
  })
  afterAll(async () => {
    await effects?.destroy()
    await producer?.close()
    await Promise.all([mine?.drop(), theirs?.drop()])
    await nats?.stop()
  })

  /** Starts it again whenever it ends, as whatever runs services does. */
  function supervise() {
    let starts = 0
    let isOver = false
    let child: ChildProcess
    const start = () => {
      starts++
      const env = { PATH: process.env.PATH, NATS_URL: nats.url, DATABASE_URL: theirs.url }
      child = spawn(process.execPath, [program], { env, stdio: 'ignore' })
      child.once('exit', () => !isOver && start())
    }
    start()
    return {
      get starts() {
        return starts
      },
      async stop() {
        isOver = true
        const ended = new Promise((resolve) => child.once('exit', resolve))
        child.kill('SIGKILL')
        await ended
      },
    }
  }

  it(
    'becomes a dead letter, and it alone: the others have one effect each, and the process stays up',
    async () => {
      const call: CallContext = systemContext(newId('workspace'), 'content')
      await producer.app.get(Transactions).run(async (tx) => {
        for (let at = 0; at < count; at++) {
          const [before, after] = [{ approval: 'other_person' }, { approval: 'none' }] as const
          const isPoison = at % 100 === 50
          tx.publish(approvalPolicyChanged, call, { before, after: isPoison ? after : before })
        }
      })
      const sent = await producer.app
        .get(DataSource)
        .query<{ id: string }[]>(
          `select id from outbox where body -> 'after' ->> 'approval' = 'none' order by id`,
        )
      expect(sent).toHaveLength(poison)
      const consumer = supervise()
      try {
        const buried = await eventually(
          'as many dead letters as there is poison',
          async () => {
            const rows = await effects.query<{ id: string }[]>(
              'select id from dead_letters order by id',
            )
            return rows.length >= poison && rows
          },
          30_000 * poison,
        )
        const others = count - poison
        const found = await eventually('the others are handled', async () => {
          const now = await effectsOf(effects)
          return now.distinct >= others && now
        })
        expect(found).toEqual({ rows: others, distinct: others })
        expect(buried).toEqual(sent)
        // Once by itself or among others, three times with a mark, and then no more.
        expect(consumer.starts).toBeLessThanOrEqual(4 * poison + 1)
        expect(await effects.query('select id from unfinished_events')).toEqual([])
      } finally {
        await consumer.stop()
      }
    },
    40_000 * poison,
  )
})
