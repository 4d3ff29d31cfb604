import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { eventually } from '@hamava/service-kit/testing'
import type { Config } from '../config.ts'

const program = join(import.meta.dirname, '../../dist/main.js')

/** A gateway as it runs in production, whose memory is its own. */
export async function startGateway(config: Config) {
  if (!existsSync(program)) throw new Error('apps/gateway/dist is missing: npm run build')
  const port = await freePort()
  const settings = Object.entries({ ...config, PORT: port }).map(([name, value]) => [
    name,
    `${value}`,
  ])
  const child = spawn(process.execPath, [program], {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...Object.fromEntries(settings) },
    stdio: 'ignore',
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const url = `http://127.0.0.1:${port}`
  await eventually(
    'the gateway answers',
    () =>
      fetch(`${url}/health/live`).then(
        ({ ok }) => ok,
        () => false,
      ),
    30_000,
  )
  /** MB, as the kernel counts them: now (`VmRSS`), or at most so far (`VmHWM`). */
  const megabytes = (line: 'VmRSS' | 'VmHWM') => {
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
    return Math.round(Number(new RegExp(`${line}:\\s+(\\d+)`).exec(status)?.[1]) / 1_000)
  }
  return {
    url,
    megabytes,
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
