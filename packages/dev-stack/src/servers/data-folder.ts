import { execFile } from 'node:child_process'
import { chownSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { CannotStartError } from '../cannot-start.error.ts'
import { readIfThere } from '../files/write-atomically.ts'
import type { PostgresOptions } from './postgres.ts'
import type { ServerUser } from './postgres-user.ts'
import { finishReplacing } from './replace-data-folder.ts'

const run = promisify(execFile)
const major = '18'

/**
 * pg_trgm and the text search parser use LC_CTYPE to decide what a letter is; with C, no Persian character is one. Linux
 * has C.UTF-8, macOS en_US.UTF-8; where neither exists, the server still starts with C.
 */
const letterLocales = ['C.UTF-8', 'en_US.UTF-8', 'C']

/** Makes the server's data folder where there is none yet. */
export async function ensureDataFolder(
  { folder, password, letters = letterLocales }: PostgresOptions,
  initdb: string,
  user: ServerUser,
): Promise<void> {
  finishReplacing(folder)
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
  try {
    await initialize(half, passwordFile, initdb, user, letters)
  } catch (cause) {
    throw new CannotStartError(
      `PostgreSQL could not make its data folder ${folder}: ${said(cause)}`,
      `check that ${dirname(folder)} is writable and has 100 MB free, then start again`,
      { cause },
    )
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(half, folder)
}

/** Runs initdb with the first of the locales that this system has. */
async function initialize(
  folder: string,
  passwordFile: string,
  initdb: string,
  user: ServerUser,
  [locale = 'C', ...others]: readonly string[],
): Promise<void> {
  const [command = initdb, ...args] = [
    ...user.prefix,
    initdb,
    `--pgdata=${folder}`,
    '--username=postgres',
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
    '--locale=C',
    `--lc-ctype=${locale}`,
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
  } catch (error) {
    if (others.length === 0 || !said(error).includes('invalid locale name')) throw error
    await initialize(folder, passwordFile, initdb, user, others)
  }
}

const said = (error: unknown): string =>
  (error as { stderr?: string }).stderr?.trim() || String(error)
