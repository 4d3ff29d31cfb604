import pg from 'pg'
import { PgBoss } from 'pg-boss'
import { answerQuestions } from './answer-questions.mjs'
import { poster } from './post-to-network.mjs'

/** pg-boss as it is quickest: batches of 500 fetched and completed by four loops, one request on each connection. */
const { DATABASE_URL: connectionString, NETWORK_URL, CONNECTIONS } = process.env
const post = poster(NETWORK_URL, Number(CONNECTIONS))
const boss = new PgBoss({ connectionString, max: 8 })
boss.on('error', () => {})
await boss.start()
await boss.createQueue('post')
const pool = new pg.Pool({ connectionString, max: 2 })

answerQuestions(async ({ add, drained }) => {
  if (add) {
    await pool.query('truncate pgboss.job cascade')
    const startAfter = new Date(add.dueAt)
    for (let from = 0; from < add.count; from += 10_000) {
      const numbers = Array.from({ length: Math.min(10_000, add.count - from) }, (_, i) => from + i)
      await boss.insert(
        'post',
        numbers.map((number) => ({ data: { number, dueAt: add.dueAt }, startAfter })),
      )
    }
    return {}
  }
  let left = drained.count
  const loop = async () => {
    while (left > 0) {
      const jobs = await boss.fetch('post', { batchSize: 500 })
      if (!jobs?.length) {
        await new Promise((resolve) => setTimeout(resolve, 10))
        continue
      }
      await Promise.all(jobs.map(({ data }) => post(data)))
      await boss.complete(
        'post',
        jobs.map(({ id }) => id),
      )
      left -= jobs.length
    }
  }
  await Promise.all(Array.from({ length: 4 }, loop))
  return { doneAt: Date.now() }
})
