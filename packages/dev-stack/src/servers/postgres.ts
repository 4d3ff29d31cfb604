import { execFile } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { CannotStartError } from '../cannot-start.error.ts'
import { readIfThere } from '../files/write-atomically.ts'
import type { ProcessSpec } from '../processes/launch.ts'
import { identityOf } from '../processes/process-identity.ts'
import { type PostgresBinaries, postgresBinaries } from './postgres-binaries.ts'
import { type ServerUser, serverUser } from './postgres-user.ts'

const run = promisify(execFile)
const major = '18'

export interface PostgresOptions {
  readonly folder: string
  readonly port: number
  readonly password: string
  readonly logFile: string
  /** False for tests alone: a crash of the machine may then lose data. */
  readonly durable?: boolean
  /** More settings of the server, as `name=value`. */
  readonly settings?: readonly string[]
}

/** Prepares the data folder where that was not yet done, and says how to run the server on it. */
export async function postgresSpec(options: PostgresOptions): Promise<ProcessSpec> {
  const binaries = postgresBinaries()
  const user = serverUser(binaries.postgres, dirname(options.folder))
  await prepareFolder(options, binaries, user)
  const [command = binaries.postgres, ...args] = [
    ...user.prefix,
    binaries.postgres,
    '-D',
    options.folder,
    ...settings(options).flatMap((setting) => ['-c', setting]),
  ]
  return {
    name: 'postgres',
    command,
    args,
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
    ...(user.uid === undefined ? {} : { uid: user.uid }),
    logFile: options.logFile,
    // The fast shutdown: sessions are ended, data is written.
    stopSignal: 'SIGINT',
    graceMs: 20_000,
    beforeLaunch: () => forgetEndedServer(options.folder),
    isReady: async () => {
      const client = new pg.Client({ connectionString: postgresUrl(options, 'postgres') })
      client.on('error', () => {})
      await client.connect()
      await client.end()
      return true
    },
  }
}

/** The superuser's address of a database. */
export function postgresUrl(
  server: Pick<PostgresOptions, 'port' | 'password'>,
  database: string,
): string {
  return `postgres://postgres:${server.password}@127.0.0.1:${server.port}/${database}`
}

function settings({ port, durable = true, settings: more = [] }: PostgresOptions): string[] {
  return [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    'shared_buffers=128MB',
    // Recovery after a crash replays about 110 MB/s, so this bounds it to some five seconds.
    'max_wal_size=512MB',
    'autovacuum_naptime=5s',
    'timezone=UTC',
    'log_min_messages=warning',
    ...(durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
    ...more,
  ]
}

async function prepareFolder(
  { folder, password }: PostgresOptions,
  binaries: PostgresBinaries,
  user: ServerUser,
): Promise<void> {
  const version = readIfThere(join(folder, 'PG_VERSION'))?.trim()
  if (version === major) return
  if (version) {
    throw new CannotStartError(
      `${folder} holds data of PostgreSQL ${version}, and the server here is ${major}.`,
      `mv ${folder} ${folder}-${version} && npm start (begins with an empty database)`,
    )
  }
  // A half-made folder never gets the final name.
  const half = join(dirname(folder), `${basename(folder)}.half`)
  rmSync(half, { recursive: true, force: true })
  mkdirSync(half, { recursive: true, mode: 0o700 })
  user.own(half)
  const passwordFile = `${half}.password`
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (user.uid !== undefined) chownSync(passwordFile, user.uid, -1)
  const [command = binaries.initdb, ...args] = [
    ...user.prefix,
    binaries.initdb,
    `--pgdata=${half}`,
    '--username=postgres',
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
    '--locale=C',
    // Knows Persian letters as letters, and sorts by code point on every system alike.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-sync',
    '--no-instructions',
  ]
  try {
    await run(command, args, {
      env: { PATH: process.env.PATH, LC_ALL: 'C' },
      ...(user.uid === undefined ? {} : { uid: user.uid }),
    })
  } catch (cause) {
    const said = (cause as { stderr?: string }).stderr?.trim() ?? String(cause)
    throw new CannotStartError(
      `PostgreSQL could not make its data folder ${folder}: ${said}`,
      `check that ${dirname(folder)} is writable and has 100 MB free, then start again`,
      { cause },
    )
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(half, folder)
}

/**
 * After a crash the folder still names the ended server's pid. Where that pid now belongs to some other program,
 * PostgreSQL would refuse to start, so a lock file whose process is not a server on this folder is removed.
 */
function forgetEndedServer(folder: string): void {
  const lockFile = join(folder, 'postmaster.pid')
  const pid = Number(readIfThere(lockFile)?.split('\n')[0])
  if (!pid || !existsSync('/proc/self/cmdline')) return
  const commandLine = identityOf(pid) ? (readIfThere(`/proc/${pid}/cmdline`) ?? '') : ''
  if (!commandLine.split('\0').includes(folder)) rmSync(lockFile, { force: true })
}
