import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'

/** A process of ours, until it is closed. */
export interface Running {
  pid: number
  close: () => Promise<void>
}

/** Starts a program and waits for the one line of JSON that says it is ready. */
export async function startProcess(
  command: string,
  args: string[],
  env: Record<string, string> = {},
  readyMs = 60_000,
): Promise<Running & { ready: unknown }> {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: 'pipe' })
  const output = collect(child)
  try {
    const line = await firstLine(child, readyMs)
    return { pid: child.pid ?? 0, ready: JSON.parse(line), close: () => stop(child) }
  } catch (error) {
    await stop(child)
    throw new Error(`${command} ${args.join(' ')} did not become ready:\n${output()}`, {
      cause: error,
    })
  }
}

/** Drains the pipes of a process and keeps the end of its output. */
function collect(child: ChildProcess): () => string {
  let said = ''
  const keep = (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4000)
  }
  child.stderr?.on('data', keep)
  child.stdout?.on('data', keep)
  return () => said
}

function firstLine(child: ChildProcess, readyMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const timer = setTimeout(() => reject(new Error(`not ready after ${readyMs} ms`)), readyMs)
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const line = said.split('\n').find((one) => one.startsWith('{') && one.endsWith('}'))
      if (line) {
        clearTimeout(timer)
        resolve(line)
      }
    })
    child.once('error', reject)
    child.once('exit', (code) => {
      clearTimeout(timer)
      reject(new Error(`ended with ${code}`))
    })
  })
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 5000)
  await ended
  clearTimeout(timer)
}

/** A port that nobody uses at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
