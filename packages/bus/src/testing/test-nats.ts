import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from '@nats-io/transport-node'

/** A NATS server of a test's own: to be killed, started again, and robbed of its storage. */
export interface TestNats extends AsyncDisposable {
  url: string
  /** With `storeBytes` it has no room for more than that, as on a disk that is full. */
  start(limits?: Limits): Promise<void>
  /** kill -9 */
  kill(): Promise<void>
  wipe(): Promise<void>
  /** The server answers nothing until `goOn`; messages sent meanwhile wait. */
  freeze(): void
  goOn(): void
  stop(): Promise<void>
}

interface Limits {
  storeBytes?: number
  maxPayload?: number
}

/** @param binary a `nats-server`; the test command sets `HAMAVA_TEST_NATS_BIN`. */
export async function testNats(binary = process.env.HAMAVA_TEST_NATS_BIN): Promise<TestNats> {
  if (!binary) throw new Error('HAMAVA_TEST_NATS_BIN is not set: run the tests by `npm test`')
  const folder = await mkdtemp(join(tmpdir(), 'hamava-nats-'))
  const port = await freePort()
  const url = `nats://127.0.0.1:${port}`
  let server: ChildProcess | null = null

  const start = async ({ storeBytes, maxPayload }: Limits = {}) => {
    const config = join(folder, 'nats.conf')
    const room = storeBytes ? `max_file_store: ${storeBytes}` : ''
    const payload = maxPayload ? `max_payload: ${maxPayload}` : ''
    await writeFile(config, `${payload}\njetstream { store_dir: "${folder}"\n${room} }`)
    server = spawn(binary, ['-a', '127.0.0.1', '-p', String(port), '-c', config], {
      stdio: 'ignore',
    })
    const probe = await connect({
      servers: url,
      waitOnFirstConnect: true,
      maxReconnectAttempts: 200,
      reconnectTimeWait: 25,
    })
    await probe.close()
  }
  const kill = async () => {
    const dying = server
    server = null
    if (!dying || dying.exitCode !== null) return
    const gone = new Promise((resolve) => dying.once('exit', resolve))
    dying.kill('SIGKILL')
    await gone
  }
  // A server that is running may write into a folder while it is being removed.
  const wipe = () =>
    rm(join(folder, 'jetstream'), { recursive: true, force: true, maxRetries: 20, retryDelay: 10 })
  const stop = async () => {
    await kill()
    await rm(folder, { recursive: true, force: true })
  }
  const freeze = () => void server?.kill('SIGSTOP')
  const goOn = () => void server?.kill('SIGCONT')
  await start()
  return { url, start, kill, wipe, freeze, goOn, stop, [Symbol.asyncDispose]: stop }
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
