import { type ChildProcess, spawn } from 'node:child_process'

/** A program of the benchmark in a process of its own, so that its time and memory are its own. */
export interface Side {
  readonly pid: number
  /** Asks it one thing; one question at a time. */
  readonly ask: <T>(question: object) => Promise<T>
  readonly stop: () => Promise<void>
}

export interface SideOptions {
  readonly program: string
  readonly env?: Readonly<Record<string, string>>
  /** Flags of Node for it. */
  readonly flags?: readonly string[]
  /** The only core that it may use. */
  readonly core?: number | undefined
}

const running = new Set<ChildProcess>()

/** Stops all programs that a failed scenario has left. */
export async function stopSides(): Promise<void> {
  await Promise.all([...running].map(end))
}

/** Starts it and waits for its first message, by which it says that it is ready. */
export async function startSide({ program, env, flags = [], core }: SideOptions): Promise<Side> {
  const node = [process.execPath, ...flags, program]
  const [command = '', ...args] = core === undefined ? node : ['taskset', '-c', `${core}`, ...node]
  const child = spawn(command, args, {
    env: { ...process.env, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  running.add(child)
  await nextMessage(child, program)
  return {
    pid: child.pid ?? -1,
    ask: async <T>(question: object) => {
      // A scenario that ran out of time may still ask: sending anyway would end the benchmark.
      if (!child.connected) throw new Error(`${program} has ended`)
      const answer = nextMessage(child, program)
      child.send(question)
      return answer as Promise<T>
    },
    stop: () => end(child),
  }
}

function nextMessage(child: ChildProcess, program: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const gone = () => reject(new Error(`${program} ended`))
    child.once('exit', gone)
    child.once('message', (message) => {
      child.off('exit', gone)
      const { error } = message as { error?: string }
      if (error) reject(new Error(`${program}: ${error}`))
      else resolve(message)
    })
  })
}

async function end(child: ChildProcess): Promise<void> {
  running.delete(child)
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const insist = setTimeout(() => child.kill('SIGKILL'), 5_000)
  await gone
  clearTimeout(insist)
}
