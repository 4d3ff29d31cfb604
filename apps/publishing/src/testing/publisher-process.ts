import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'

const program = join(import.meta.dirname, '../../dist/main.js')

/** A publisher as it runs in production: to be stopped, woken and killed by its process id. */
export interface PublisherProcess {
  /** Rejects when it ends before it was ready. */
  ready: Promise<void>
  /** The exit code once it has ended; null while it runs, and after a signal that it could not handle. */
  readonly exitCode: number | null
  readonly hasEnded: boolean
  /** Whether this is the process of a lease owner. */
  owns(leaseOwner: string): boolean
  signal(signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): void
  /** SIGKILL, and waits until it is gone. */
  kill(): Promise<void>
  /** SIGTERM, and waits until it has ended by itself. */
  terminate(): Promise<number | null>
}

/** @param node flags for its Node, such as a module to load before it. */
export function startPublisher(config: Config, node: string[] = []): PublisherProcess {
  if (!existsSync(program)) throw new Error('apps/publishing/dist is missing: npm run build')
  const child = spawn(process.execPath, [...node, program], {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...environmentOf(config) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const { pid } = child
  if (!pid) throw new Error('no process could be started')
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const ready = isReady(child, ended)
  // Callers that await `ready` get the error; without any, a process killed during its start is ignored.
  ready.catch(() => undefined)
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null
  return {
    ready,
    get exitCode() {
      return child.exitCode
    },
    get hasEnded() {
      return hasEnded()
    },
    owns: (leaseOwner) => leaseOwner.includes(`-${pid}-`),
    signal: (signal) => void child.kill(signal),
    async kill() {
      if (hasEnded()) return
      child.kill('SIGKILL')
      await ended
    },
    async terminate() {
      child.kill('SIGTERM')
      await ended
      return child.exitCode
    },
  }
}

/** Waits for the program's own ready message; rejects with its output if it ends before. */
function isReady({ stdout, stderr }: ChildProcess, ended: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    const hear = (chunk: Buffer) => {
      said = `${said}${chunk.toString()}`.slice(-4_000)
      if (said.includes('"msg":"ready"')) resolve()
    }
    stdout?.on('data', hear)
    stderr?.on('data', hear)
    void ended.then(() => reject(new Error(`the publisher has ended: ${said}`)))
  })
}

const environmentOf = (config: Config): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ ...config, LOG_LEVEL: 'info' }).map(([name, value]) => [name, String(value)]),
  )
