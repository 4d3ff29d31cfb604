import { Logger, makeWorkerUtils, run } from 'graphile-worker'
import pg from 'pg'
import { answerQuestions } from './answer-questions.mjs'
import { poster } from './post-to-network.mjs'

/** graphile-worker with the settings of its own performance test; only the jobs at a time follow ours where it posts. */
const { DATABASE_URL: connectionString, NETWORK_URL, CONCURRENT_JOBS } = process.env
const concurrentJobs = Number(CONCURRENT_JOBS)
const preset = {
  worker: {
    connectionString,
    concurrentJobs,
    maxPoolSize: concurrentJobs + 1,
    localQueue: { size: 500, refetchDelay: { durationMs: 10 } },
    completeJobBatchDelay: 0,
    failJobBatchDelay: 0,
    logger: new Logger(() => () => {}),
  },
}
const post = NETWORK_URL && poster(NETWORK_URL, concurrentJobs)
let left = 0
let beganAt = 0
let finished = () => {}
const taskList = {
  post: async (payload) => {
    beganAt ||= Date.now()
    if (post) await post(payload)
    if (--left === 0) finished(Date.now())
  },
}

const pool = new pg.Pool({ connectionString, max: 2 })
const utils = await makeWorkerUtils({ connectionString, logger: preset.worker.logger })
await utils.migrate()
await run({ preset, taskList })

answerQuestions(async ({ add, drained }) => {
  if (add) {
    left = add.count
    beganAt = 0
    finished = () => {}
    await pool.query(
      `select graphile_worker.add_jobs(array_agg(
         json_populate_record(null::graphile_worker.job_spec, json_build_object(
           'identifier', 'post', 'run_at', to_timestamp($2::float8 / 1000),
           'payload', json_build_object('number', n, 'dueAt', $2::float8)))))
       from generate_series(0, $1::int - 1) as n`,
      [add.count, add.dueAt],
    )
    return {}
  }
  if (!drained) throw new Error('what?')
  if (left > 0) await new Promise((resolve) => (finished = resolve))
  for (;;) {
    const { rows } = await pool.query('select 1 from graphile_worker._private_jobs limit 1')
    if (rows.length === 0) return { beganAt, doneAt: Date.now() }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
})
