import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import pg from 'pg'
import { readOrMakeSecrets } from '../files/secrets.ts'
import { freePort } from '../processes/free-port.ts'
import { launchUntilReady } from '../processes/launch.ts'
import { endRecorded } from '../processes/process-record.ts'
import { takeRunLock } from '../processes/run-lock.ts'
import { migrateHere } from '../schema/migrate-here.ts'
import { knowsPersianLetters } from '../servers/letters.ts'
import { type PostgresOptions, postgresSpec, postgresUrl } from '../servers/postgres.ts'
import { database, prepareDatabase, serviceUrl } from '../servers/prepare-database.ts'
import { moveData } from './move-data.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'hamava-move-'))
const folder = join(dataDir, 'postgres')
const { postgres: passwords } = readOrMakeSecrets(dataDir)
const seedFile = join(dataDir, 'seed.json')
const said: string[] = []
const move = () => moveData({ dataDir, say: (line) => said.push(line) })

/** Starts the server on a folder for as long as the work takes. */
async function onServer<T>(
  more: Partial<PostgresOptions>,
  work: (client: pg.Client, server: PostgresOptions) => Promise<T>,
): Promise<T> {
  const password = passwords.postgres ?? ''
  const logFile = join(dataDir, 'logs/postgres.log')
  const server = { folder, port: await freePort(), password, logFile, durable: false, ...more }
  const running = await launchUntilReady(await postgresSpec(server))
  const client = new pg.Client({ connectionString: postgresUrl(server, database) })
  try {
    await prepareDatabase(server, database, passwords)
    await client.connect()
    return await work(client, server)
  } finally {
    await client.end()
    await running.stop()
  }
}

async function contentsOf(client: pg.Client) {
  const ask = async (statement: string) => (await client.query(statement)).rows
  return {
    workspaces: await ask('select * from gateway.workspaces order by id'),
    audit: await ask('select * from gateway.audit_events order by id'),
    feed: await ask('select count(*), sum(hashtext(f::text)) from gateway.feed_events f'),
    discards: await ask('select * from publishing.discards order by id'),
    migrations: await ask('select * from publishing.migrations order by id'),
    sequences: await ask(
      'select * from pg_sequences order by schemaname collate "C", sequencename collate "C"',
    ),
    rights: await ask(`
      select nspname, relname, relowner::regrole::text, relacl::text from pg_class
      join pg_namespace n on n.oid = relnamespace where nspname !~ '^pg_' order by 1, 2`),
  }
}

let before: Awaited<ReturnType<typeof contentsOf>>

beforeAll(async () => {
  before = await onServer({ letters: ['C'] }, async (client, server) => {
    await migrateHere((name) => serviceUrl(server, database, name, passwords[name] ?? ''))
    await client.query(`
      insert into gateway.workspaces values
        ('ws_1', 'کتاب‌فروشیِ هم‌آوا', 'Asia/Tehran', 3), ('ws_2', e'a\\tb\\\\ "c"\\n', 'UTC', 1);
      insert into gateway.audit_events (id, workspace_id, actor, action, subject, before)
        values ('ev_1', 'ws_1', '{"نام": "سارا"}', 'post.edited', '{}', null);
      insert into gateway.feed_events (id, workspace_id, type, body)
        select 'fe_' || n, 'ws_1', 'post', jsonb_build_object('متن', repeat('سلام ', 200), 'n', n)
        from generate_series(1, 30000) n;
      insert into publishing.discards (channel_id, state) values ('ch_1', '{"id": 1}'), ('ch_2', '[]');
      delete from publishing.discards where channel_id = 'ch_1'`)
    const { rows } = await client.query('select system_identifier::text from pg_control_system()')
    const marker = { database: rows[0].system_identifier, workspace: {}, connected: ['one'] }
    writeFileSync(seedFile, JSON.stringify(marker))
    return contentsOf(client)
  })
})
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

it('refuses while Hamava runs', async () => {
  const lock = takeRunLock(join(dataDir, 'supervisor.lock'))
  await expect(move()).rejects.toThrow(`Hamava is running on ${dataDir} (process ${process.pid})`)
  if ('release' in lock) lock.release()
})

it('refuses to leave behind what the new database would not have', async () => {
  await onServer({}, (client) => client.query('create table public.mine (id int)'))
  await expect(move()).rejects.toThrow('table public.mine of postgres')
  expect(existsSync(`${folder}.new`)).toBe(false)
  await onServer({}, (client) => client.query('drop table public.mine'))
})

it('leaves the old data as it was when it is told to stop', async () => {
  const stopping = new AbortController()
  const say = (line: string) => {
    if (line === '  copying …') stopping.abort(new Error('stopped'))
  }
  const moving = moveData({ dataDir, say, signal: stopping.signal })
  await expect(moving).rejects.toThrow()
  expect(existsSync(`${folder}.new`)).toBe(false)
  expect(await onServer({}, contentsOf)).toEqual(before)
})

it('leaves the old data as it was when it is killed', async () => {
  const script = join(import.meta.dirname, '../../fixtures/move.ts')
  const child = spawn(process.execPath, [script, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = once(child, 'exit')
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === '  copying …') child.kill('SIGKILL')
  }
  expect(await gone).toEqual([null, 'SIGKILL'])
  expect(existsSync(`${folder}.new`)).toBe(true)
  await endRecorded(join(dataDir, 'processes.json'))
  expect(await onServer({}, contentsOf)).toEqual(before)
})

it('moves everything after that, and keeps the old folder', async () => {
  const kept = (await move()) ?? ''
  expect(said).toContain('Threw away the unfinished copy of a move that was broken off.')
  const after = await onServer({}, async (client, server) => {
    expect(await knowsPersianLetters(server, database)).toBe(true)
    const { rows } = await client.query(
      `select cardinality(show_trgm('کتاب')) as trigrams, system_identifier::text as id
       from pg_control_system()`,
    )
    expect(rows[0].trigrams).toBe(5)
    const marker = JSON.parse(readFileSync(seedFile, 'utf8'))
    expect(marker).toMatchObject({ copy: rows[0].id, connected: ['one'] })
    const change = client.query('delete from gateway.audit_events')
    await expect(change).rejects.toThrow('append-only')
    return contentsOf(client)
  })
  expect(after).toEqual(before)
  expect(kept).toMatch(/^postgres-until-\d{4}-\d\d-\d\dT/)
  expect(await onServer({ folder: join(dataDir, kept) }, contentsOf)).toEqual(before)
})

it('is done where it was broken off between the two names', async () => {
  renameSync(folder, `${folder}.moved`)
  expect(await move()).toBeUndefined()
  renameSync(folder, `${folder}.moved`)
  expect(await onServer({}, contentsOf)).toEqual(before)
})
