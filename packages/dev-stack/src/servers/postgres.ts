import { existsSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { readIfThere } from '../files/write-atomically.ts'
import type { ProcessSpec } from '../processes/launch.ts'
import { identityOf } from '../processes/process-identity.ts'
import { ensureDataFolder } from './data-folder.ts'
import { postgresBinaries } from './postgres-binaries.ts'
import { serverUser } from './postgres-user.ts'

export interface PostgresOptions {
  readonly folder: string
  readonly port: number
  readonly password: string
  readonly logFile: string
  /** False for tests alone: a crash of the machine may then lose data. */
  readonly durable?: boolean
  /** More settings of the server, as `name=value`. */
  readonly settings?: readonly string[]
  /** The locales of letters to try for a new data folder; see `letterLocales`. */
  readonly letters?: readonly string[]
}

/** Prepares the data folder where that was not yet done, and says how to run the server on it. */
export async function postgresSpec(options: PostgresOptions): Promise<ProcessSpec> {
  const binaries = postgresBinaries()
  const user = serverUser(binaries.postgres, dirname(options.folder))
  await ensureDataFolder(options, binaries.initdb, user)
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
