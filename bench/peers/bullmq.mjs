import { Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { answerQuestions } from './answer-questions.mjs'
import { poster } from './post-to-network.mjs'

/** BullMQ on Redis; its jobs wait as delayed ones and are taken one by one. */
const { REDIS_PORT, NETWORK_URL, CONNECTIONS } = process.env
const connection = () => new Redis(Number(REDIS_PORT), '127.0.0.1', { maxRetriesPerRequest: null })
const post = poster(NETWORK_URL, Number(CONNECTIONS))
const queue = new Queue('post', { connection: connection() })
let left = 0
let finished = () => {}
const worker = new Worker('post', ({ data }) => post(data), {
  connection: connection(),
  concurrency: Number(CONNECTIONS),
  autorun: false,
})
worker.on('completed', () => {
  if (--left === 0) finished()
})
worker.on('error', (error) => {
  console.error(error)
  process.exit(1)
})
void worker.run()

answerQuestions(async ({ add, drained }) => {
  if (add) {
    left = add.count
    const options = { delay: Math.max(0, add.dueAt - Date.now()), removeOnComplete: true }
    for (let from = 0; from < add.count; from += 1_000) {
      const numbers = Array.from({ length: Math.min(1_000, add.count - from) }, (_, i) => from + i)
      await queue.addBulk(
        numbers.map((number) => ({
          name: 'post',
          data: { number, dueAt: add.dueAt },
          opts: options,
        })),
      )
    }
    return {}
  }
  if (drained && left > 0) await new Promise((resolve) => (finished = resolve))
  return { doneAt: Date.now() }
})
