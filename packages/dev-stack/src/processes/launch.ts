import { spawn } from 'node:child_process'
import { closeSync, fstatSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { setPriority } from 'node:os'
import { dirname } from 'node:path'
import { until } from './until.ts'

/** All that is needed to start a process, and to start it again. */
export interface ProcessSpec {
  readonly name: string
  /** Several processes of one kind (publishing-1, publishing-2) share a group name. */
  readonly group?: string
  /** Processes of one stage are stopped together; stages in the reverse order of starting. */
  readonly stage?: string
  readonly command: string
  readonly args: readonly string[]
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  readonly uid?: number
  /** The process's nice value (0–19; default 0). */
  readonly niceness?: number
  readonly logFile: string
  readonly stopSignal?: NodeJS.Signals
  readonly graceMs?: number
  readonly readyMs?: number
  readonly beforeLaunch?: () => void
  readonly isReady: (running: RunningProcess) => Promise<boolean>
}

export interface RunningProcess {
  readonly pid: number
  /** Resolves when it has ended, with how. */
  readonly exited: Promise<string>
  readonly hasExited: () => boolean
  /** What it wrote since it was launched. */
  readonly output: () => string
  readonly kill: (signal: NodeJS.Signals) => void
  /** Asks it to end, insists after the grace time, and waits until it is gone. */
  readonly stop: () => Promise<void>
}

/** Sets the nice value; a process that has ended already is ignored. */
function giveWay(pid: number, niceness: number): void {
  try {
    setPriority(pid, niceness)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Starts a process in a group of its own, with its output in its log file. */
export function launch(spec: ProcessSpec): RunningProcess {
  spec.beforeLaunch?.()
  mkdirSync(dirname(spec.logFile), { recursive: true })
  const log = openSync(spec.logFile, 'a')
  const logStart = fstatSync(log).size
  const child = spawn(spec.command, spec.args, {
    cwd: spec.cwd,
    env: spec.env,
    ...(spec.uid === undefined ? {} : { uid: spec.uid }),
    stdio: ['ignore', log, log],
    detached: true,
  })
  closeSync(log)
  if (child.pid && spec.niceness) giveWay(child.pid, spec.niceness)

  let ended: string | undefined
  const exited = new Promise<string>((resolve) => {
    const end = (how: string) => {
      ended = how
      resolve(how)
    }
    child.once('error', (error) => end(error.message))
    child.once('exit', (code, signal) => end(signal ? `signal ${signal}` : `code ${code}`))
  })
  const pid = child.pid ?? -1
  const kill = (signal: NodeJS.Signals) => {
    if (pid > 0 && ended === undefined) signalGroup(pid, signal)
  }
  return {
    pid,
    exited,
    hasExited: () => ended !== undefined,
    output: () => readFileSync(spec.logFile).subarray(logStart).toString('utf8'),
    kill,
    stop: async () => {
      kill(spec.stopSignal ?? 'SIGTERM')
      const insist = setTimeout(() => kill('SIGKILL'), spec.graceMs ?? 10_000)
      await exited
      clearTimeout(insist)
      // A child of the child that outlived it would keep ports and files.
      if (pid > 0) signalGroup(pid, 'SIGKILL')
    },
  }
}

/** Starts a process and waits until it is ready; if it ends or never gets ready, stops it and throws with its output. */
export async function launchUntilReady(
  spec: ProcessSpec,
  signal?: AbortSignal,
  onLaunch?: (running: RunningProcess) => void,
): Promise<RunningProcess> {
  const running = launch(spec)
  onLaunch?.(running)
  try {
    await until(
      async () => {
        if (running.hasExited()) return 'ended'
        return (await spec.isReady(running)) ? 'ready' : undefined
      },
      { what: `${spec.name} becoming ready`, timeoutMs: spec.readyMs ?? 60_000, signal },
    )
  } catch (cause) {
    await running.stop()
    if (signal?.aborted) throw cause
    throw new Error(failure(spec, running, (cause as Error).message), { cause })
  }
  if (running.hasExited()) {
    throw new Error(failure(spec, running, `${spec.name} ended with ${await running.exited}`))
  }
  return running
}

function failure(spec: ProcessSpec, running: RunningProcess, what: string): string {
  const lastWords = running.output().trimEnd().split('\n').slice(-12).join('\n')
  return `${what}\n${lastWords}\n(the whole log: ${spec.logFile})`
}

/** Signals a process group; a group that has ended is ignored. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
