import { until } from '@hamava/dev-stack'
import { query } from '../database.ts'
import { oneOf } from '../random.ts'
import { killTaken, type Stage, takeProcess } from '../stage.ts'
import { touchesAll } from '../touched.ts'
import type { Inject } from './injected.ts'

/** Kill -9 of the server itself: what was committed must be there when it is back. */
export const killPostgres: Inject = async (stage, random) => {
  const postgres = await takeProcess(stage, random, ['postgres'])
  const startedAt = Date.now()
  await killTaken(stage, postgres)
  await untilAnswers(stage)
  postgres.giveBack()
  return { what: 'postgres', touches: [touchesAll(startedAt, Date.now(), stage.afterMs)] }
}

/** Kill -9 of one backend: the server ends all others and recovers. */
export const killBackend: Inject = async (stage, random) => {
  const { giveBack } = await takeProcess(stage, random, ['postgres'])
  const [victim] = await backends(stage, 1)
  const startedAt = Date.now()
  if (victim) process.kill(victim.pid, 'SIGKILL')
  await untilAnswers(stage)
  giveBack()
  return {
    what: `a backend of ${victim?.usename}`,
    touches: [touchesAll(startedAt, Date.now(), stage.afterMs)],
  }
}

/** Some sessions are ended by an operator, in the middle of whatever they do. */
export const endBackends: Inject = async (stage, random) => {
  const victims = await backends(stage, oneOf(random, [2, 5, 10, 100]))
  const startedAt = Date.now()
  await query(
    stage.stack.dev.databaseUrl,
    'select pg_terminate_backend(pid) from unnest($1::int[]) as pid',
    [victims.map(({ pid }) => pid)],
  )
  return {
    what: `${victims.length} backends`,
    touches: [touchesAll(startedAt, Date.now(), stage.afterMs)],
  }
}

interface Backend {
  readonly pid: number
  readonly usename: string
}

/** Sessions of services, the busy ones first. Waits until there are some. */
function backends(stage: Stage, count: number): Promise<Backend[]> {
  return until(
    async () => {
      const found = await query<{ pid: number; usename: string }>(
        stage.stack.dev.databaseUrl,
        `select pid, usename from pg_stat_activity
         where backend_type = 'client backend' and usename <> 'postgres'
         order by state = 'idle', state_change desc limit $1`,
        [count],
      )
      return found.length > 0 ? found : undefined
    },
    { what: 'a session of a service', timeoutMs: 60_000 },
  )
}

/** A backend's death reaches the server a moment later, so it has to answer a few times in a row. */
async function untilAnswers(stage: Stage): Promise<void> {
  let answers = 0
  await until(
    async () => {
      const answered = await query(stage.stack.dev.databaseUrl, 'select 1').catch(() => null)
      answers = answered ? answers + 1 : 0
      return answers >= 4 ? true : undefined
    },
    { what: 'PostgreSQL answering again', timeoutMs: 60_000 },
  )
}
