import { execFile } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { CannotStartError } from '../cannot-start.error.ts'
import { unpackFromDebian } from './unpack-from-debian.ts'

const run = promisify(execFile)

export interface NatsBinary {
  readonly path: string
  /** Major and minor: 2.10. */
  readonly version: string
}

/** The versions in the distributions that we support: Debian stable and the one before. */
export type NatsLine = '2.10' | '2.9'

const suites = { '2.10': 'trixie', '2.9': 'bookworm' } as const

/** The server found on the PATH, else the one of Debian's stable, unpacked into the given folder. */
export async function anyNats(binFolder: string): Promise<NatsBinary> {
  return (await natsVersion('nats-server')) ?? ensureNats('2.10', binFolder)
}

/** Exactly this line of the server, whatever the PATH holds. */
export async function ensureNats(line: NatsLine, binFolder: string): Promise<NatsBinary> {
  const path = join(binFolder, `nats-server-${line}`)
  const unpacked = await natsVersion(path)
  if (unpacked) return unpacked
  const onPath = await natsVersion('nats-server')
  if (onPath?.version === line) return onPath
  await unpackInto(path, line)
  const binary = await natsVersion(path)
  if (binary) return binary
  throw new CannotStartError(`The unpacked ${path} does not run on this system.`, howToInstall)
}

/** False for servers before 2.10, which refuse `sync_interval` and more. */
export function knowsSyncInterval({ version }: NatsBinary): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > 2 || (major === 2 && minor >= 10)
}

const howToInstall =
  'Debian, Ubuntu: apt-get install nats-server; macOS: brew install nats-server; or name a running one: NATS_URL=nats://host:4222 npm start'

async function unpackInto(path: string, line: NatsLine): Promise<void> {
  mkdirSync(dirname(path), { recursive: true })
  const workFolder = mkdtempSync(`${path}.work-`)
  try {
    const wanted = { suite: suites[line], packages: ['nats-server'], program: 'nats-server' }
    const { program } = await unpackFromDebian(wanted, workFolder)
    const half = `${workFolder}.half`
    copyFileSync(program, half)
    chmodSync(half, 0o755)
    renameSync(half, path)
  } catch (cause) {
    throw new CannotStartError(
      `nats-server ${line} is neither on the PATH nor could it be unpacked from Debian's package: ${(cause as Error).message}`,
      howToInstall,
      { cause },
    )
  } finally {
    rmSync(workFolder, { recursive: true, force: true })
  }
}

async function natsVersion(path: string): Promise<NatsBinary | undefined> {
  if (path.includes('/') && !existsSync(path)) return undefined
  try {
    const { stdout } = await run(path, ['--version'])
    const version = /v(\d+\.\d+)/.exec(stdout)?.[1]
    return version ? { path, version } : undefined
  } catch {
    // The binary is missing, or not for this system: the caller tries another.
    return undefined
  }
}
