import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { authorizationConf, passwordVariable } from '../../../../infra/nats/permissions.ts'
import type { ProcessSpec } from '../processes/launch.ts'
import { knowsSyncInterval, type NatsBinary } from './nats-binary.ts'

export interface NatsOptions {
  readonly binary: NatsBinary
  readonly folder: string
  readonly port: number
  readonly logFile: string
  /** By user; left out, the server has no authentication and no permissions. */
  readonly passwords?: Readonly<Record<string, string>>
  /** Whether each message is on disk before it is acknowledged, where the server can. */
  readonly durable?: boolean
}

const since210 = fileURLToPath(import.meta.resolve('../../../../infra/nats/since-2.10.conf'))

/** Writes the server's configuration and says how to run it. */
export function natsSpec(options: NatsOptions): ProcessSpec {
  const { binary, folder, passwords = {} } = options
  mkdirSync(folder, { recursive: true })
  const config = join(folder, 'nats.conf')
  writeFileSync(config, natsConf(options))
  if (options.passwords) writeFileSync(join(folder, 'authorization.conf'), authorizationConf())
  const durability = join(folder, 'durability.conf')
  rmSync(durability, { force: true })
  if (options.durable !== false && knowsSyncInterval(binary)) copyFileSync(since210, durability)
  else writeFileSync(durability, '')
  const passwordEnv = Object.entries(passwords).map(([user, password]) => [
    passwordVariable(user),
    password,
  ])
  return {
    name: 'nats',
    command: binary.path,
    args: ['--config', config],
    env: { PATH: process.env.PATH, ...Object.fromEntries(passwordEnv) },
    logFile: options.logFile,
    isReady: async () => (await natsGreeting(options.port)).jetstream === true,
  }
}

export function natsUrl(port: number, user?: { name: string; password: string }): string {
  return `nats://${user ? `${user.name}:${user.password}@` : ''}127.0.0.1:${port}`
}

function natsConf({ folder, port, passwords }: NatsOptions): string {
  return `listen: "127.0.0.1:${port}"
server_name: hamava
jetstream {
  store_dir: ${JSON.stringify(join(folder, 'store'))}
  include "durability.conf"
}
${passwords ? 'include "authorization.conf"\n' : ''}`
}

/** The greeting (`INFO`) that a NATS server sends to every client before authentication. */
export function natsGreeting(port: number): Promise<{ version: string; jetstream?: boolean }> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let greeting = ''
    socket.setEncoding('utf8').setTimeout(2000, () => socket.destroy(new Error('silent')))
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('closed without a greeting')))
    socket.on('data', (text: string) => {
      greeting += text
      if (!greeting.includes('\r\n')) return
      resolve(JSON.parse(greeting.slice('INFO '.length, greeting.indexOf('\r\n'))))
      socket.destroy()
    })
  })
}
