import { existsSync, statfsSync } from 'node:fs'
import { basename, join } from 'node:path'
import pg from 'pg'
import { CannotStartError } from '../cannot-start.error.ts'
import { copyMarker } from '../demo-workspace.ts'
import { readOrMakeSecrets } from '../files/secrets.ts'
import { freePort } from '../processes/free-port.ts'
import { endRecorded } from '../processes/process-record.ts'
import { takeRunLock } from '../processes/run-lock.ts'
import { Supervisor } from '../processes/supervisor.ts'
import { Progress } from '../progress.ts'
import { migrateHere } from '../schema/migrate-here.ts'
import { knowsPersianLetters } from '../servers/letters.ts'
import { type PostgresOptions, postgresSpec, postgresUrl } from '../servers/postgres.ts'
import { database, prepareDatabase, serviceUrl } from '../servers/prepare-database.ts'
import {
  draftOf,
  finishReplacing,
  removeDraft,
  replaceFolder,
} from '../servers/replace-data-folder.ts'
import { compareRows, compareSchemas } from './compare.ts'
import { copyRows } from './copy-rows.ts'

export interface MoveOptions {
  readonly dataDir: string
  readonly say: (line: string) => void
  /** Ends a move that is under way; the old data stays as it was. */
  readonly signal?: AbortSignal
}

/**
 * Moves the data into a database that knows Persian letters. Returns the new name of the old folder, undefined if no
 * move was needed. The old folder is only read until the copy is complete and checked and its server is stopped.
 */
export async function moveData(options: MoveOptions): Promise<string | undefined> {
  const { dataDir, say, signal } = options
  const lock = takeRunLock(join(dataDir, 'supervisor.lock'))
  if ('heldBy' in lock) {
    throw new CannotStartError(
      `Hamava is running on ${dataDir} (process ${lock.heldBy}); stop it before its data moves.`,
      `kill ${lock.heldBy}, then npm run move-data`,
    )
  }
  const recordFile = join(dataDir, 'processes.json')
  const supervisor = new Supervisor({ recordFile, say })
  const stop = () => void supervisor.stop()
  signal?.addEventListener('abort', stop)
  try {
    await endRecorded(recordFile)
    const folder = join(dataDir, 'postgres')
    if (finishReplacing(folder)) say('Finished a move that was broken off at its very end.')
    if (!existsSync(join(folder, 'PG_VERSION'))) {
      throw new CannotStartError(`There is no data in ${folder}.`, 'npm start (makes it)')
    }
    if (removeDraft(folder)) say('Threw away the unfinished copy of a move that was broken off.')
    if (!(await makeCopy(options, folder, supervisor))) return undefined
    await supervisor.stop()
    signal?.throwIfAborted()
    return basename(replaceFolder(folder, new Date()))
  } catch (error) {
    await supervisor.stop()
    removeDraft(join(dataDir, 'postgres'))
    throw error
  } finally {
    signal?.removeEventListener('abort', stop)
    await supervisor.stop()
    lock.release()
  }
}

/** Makes the copy and checks it; answers false when the data needs no move. */
async function makeCopy(
  { dataDir, say, signal }: MoveOptions,
  folder: string,
  supervisor: Supervisor,
): Promise<boolean> {
  const progress = new Progress(say)
  const { postgres: passwords } = readOrMakeSecrets(dataDir)
  const old: PostgresOptions = {
    folder,
    port: await freePort(),
    password: passwords.postgres ?? '',
    logFile: join(dataDir, 'logs/postgres.log'),
  }
  const made = { ...old, folder: draftOf(folder), port: await freePort() }
  const migrate = async (server: PostgresOptions) => {
    await prepareDatabase(server, database, passwords)
    await migrateHere((name) => serviceUrl(server, database, name, passwords[name] ?? ''))
    signal?.throwIfAborted()
  }

  await supervisor.start(await postgresSpec(old))
  if (await knowsPersianLetters(old, database)) return false
  await progress.step('bringing the old database to this version', () => migrate(old))
  await progress.step('making the new database', async () => {
    const spec = await postgresSpec(made)
    await supervisor.start({ ...spec, name: 'postgres (new)' })
    await migrate(made)
  })
  if (!(await knowsPersianLetters(made, database))) {
    throw new CannotStartError(
      'This system has no locale that knows Persian letters; the data stays where it is.',
      'localedef -i en_US -f UTF-8 en_US.UTF-8, then npm run move-data',
    )
  }
  await using from = await connect(old)
  await using to = await connect(made)
  await refuseLosses(from.client, to.client)
  await refuseFullDisk(from.client, dataDir)
  await progress.step('copying', () => copyRows(from.client, to.client))
  await progress.step('comparing', async () => {
    const { tables, rows, different } = await compareRows(from.client, to.client)
    if (different.length > 0) throw new Error(`the copy differs in ${different.join(', ')}`)
    return `${rows} rows of ${tables} tables`
  })
  await copyMarker(dataDir, postgresUrl(old, database), postgresUrl(made, database))
  return true
}

async function refuseLosses(from: pg.Client, to: pg.Client): Promise<void> {
  const lost = await compareSchemas(from, to)
  if (lost.length === 0) return
  throw new CannotStartError(
    `The old database holds what this version of Hamava does not make:\n  ${lost.join('\n  ')}`,
    'take it away or keep it elsewhere, then npm run move-data',
  )
}

async function refuseFullDisk(from: pg.Client, dataDir: string): Promise<void> {
  const { rows } = await from.query('select pg_database_size(current_database()) as bytes')
  const { bavail, bsize } = statfsSync(dataDir)
  // 700 MB besides the copy: for WAL (max_wal_size) and a server's own files.
  const needed = Number(rows[0].bytes) + 700_000_000
  if (bavail * bsize > needed) return
  throw new CannotStartError(
    `The copy needs ${Math.ceil(needed / 1e6)} MB, and ${dataDir} has ${Math.floor((bavail * bsize) / 1e6)} MB free.`,
    'make room, then npm run move-data',
  )
}

async function connect(server: PostgresOptions) {
  const client = new pg.Client({ connectionString: postgresUrl(server, database) })
  // If the server is stopped, the waiting statement fails by itself; the `error` event needs no handling.
  client.on('error', () => {})
  await client.connect()
  return { client, [Symbol.asyncDispose]: () => client.end() }
}
