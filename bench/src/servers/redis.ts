import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { freePort, repositoryRoot, unpackFromDebian } from '@hamava/dev-stack/parts'
import type { Servers } from './servers.ts'

const wanted = {
  suite: 'bookworm',
  packages: ['redis-server', 'redis-tools', 'libjemalloc2', 'liblzf1', 'libatomic1'],
  program: 'redis-server',
} as const

/** Redis as it is mostly run for queues: writes are on the disk within a second. */
export async function startRedis(servers: Servers): Promise<number> {
  const unpacked = await ensureRedis()
  const port = await freePort()
  const dir = join(servers.folder, 'redis')
  mkdirSync(dir)
  const settings = {
    bind: '127.0.0.1',
    port,
    dir,
    appendonly: 'yes',
    appendfsync: 'everysec',
    save: '',
  }
  await servers.start({
    name: 'redis',
    command: join(unpacked, 'usr/bin/redis-server'),
    args: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, `${value}`]),
    env: { PATH: process.env.PATH, LD_LIBRARY_PATH: libraries(unpacked) },
    logFile: join(servers.folder, 'redis.log'),
    isReady: () => answers(port),
  })
  return port
}

async function ensureRedis(): Promise<string> {
  const folder = join(repositoryRoot, '.hamava/bench-peers/redis')
  if (existsSync(folder)) return folder
  const bin = join(repositoryRoot, '.hamava')
  const work = mkdtempSync(join(bin, 'redis-'))
  try {
    const { folder: unpacked } = await unpackFromDebian(wanted, work)
    mkdirSync(join(folder, '..'), { recursive: true })
    renameSync(unpacked, folder)
    return folder
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** Debian keeps libraries in folders of the architecture's own name. */
function libraries(unpacked: string): string {
  return ['x86_64-linux-gnu', 'aarch64-linux-gnu']
    .map((architecture) => join(unpacked, 'usr/lib', architecture))
    .join(':')
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.end('PING\r\n'))
    socket.once('data', (data) => resolve(data.toString().startsWith('+PONG')))
    socket.once('error', () => resolve(false))
  })
}
