import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { processTree } from '../measuring/process-tree.ts'
import { type GoalResult, readResults } from '../report/results.ts'
import { sweepAbandoned } from '../servers/servers.ts'
import type { ProgramSeconds } from './outside-cost.ts'
import { watchPrograms } from './watch-programs.ts'

export interface BenchOptions {
  /** The repository whose bench measures. */
  readonly folder: string
  readonly goal: string
  readonly quick: boolean
  /** Where its output and its JSON go: this path with `.log` and `.json`. */
  readonly output: string
  readonly withinMs: number
  readonly signal: AbortSignal
}

export interface BenchRun {
  readonly result: GoalResult
  readonly programs: ProgramSeconds
}

/** Longer than any of the servers may take to stop. */
const graceMs = 40_000

/** `npm run bench` of a repository, for one goal, as a process of its own. Throws where it has no figures to tell. */
export async function runBench(options: BenchOptions): Promise<BenchRun> {
  const { folder, goal, quick, output, withinMs, signal } = options
  signal.throwIfAborted()
  const log = openSync(`${output}.log`, 'w')
  const args = ['infra/bootstrap/run.mjs', 'bench', goal, '--json', `${output}.json`]
  const child = spawn(process.execPath, quick ? [...args, '--quick'] : args, {
    cwd: folder,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const programs = watchPrograms(child.pid ?? -1)
  const timeOver = AbortSignal.timeout(withinMs)
  const failure = await endOf(child, AbortSignal.any([signal, timeOver]))
  const seconds = programs()
  try {
    signal.throwIfAborted()
    if (timeOver.aborted) throw new Error(`was not done within ${withinMs / 1000} s`)
    if (failure) throw new Error(failure)
    const result = readResults(`${output}.json`)?.goals.find(({ id }) => id === goal)
    if (!result) throw new Error(`does not report ${goal}`)
    if (result.failure) throw new Error(`failed: ${result.failure}`)
    return { result, programs: seconds }
  } catch (error) {
    await sweepAbandoned(folder)
    const lastLines = readFileSync(`${output}.log`, 'utf8').trimEnd().split('\n').slice(-12)
    const said = [(error as Error).message, ...lastLines, `(all of it: ${output}.log)`]
    throw new Error(said.join('\n    '), { cause: error })
  }
}

/** Waits until the process has ended, by itself or because of `stop`; returns what went wrong. */
async function endOf(child: ChildProcess, stop: AbortSignal): Promise<string | undefined> {
  const ending = () => void endProcess(child)
  stop.addEventListener('abort', ending)
  const failure = await new Promise<string | undefined>((resolve) => {
    child.once('error', ({ message }) => resolve(message))
    child.once('exit', (code, by) => resolve(code === 0 ? undefined : `ended with ${by ?? code}`))
  })
  stop.removeEventListener('abort', ending)
  return failure
}

/** Asks the bench to end, so that it stops its servers; what is left after that is killed, each process by its pid. */
async function endProcess(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM')
  await pause(graceMs, undefined, { ref: false })
  if (child.exitCode !== null || child.signalCode !== null) return
  for (const { pid } of processTree(child.pid ?? -1).toReversed()) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // The process has ended meanwhile.
    }
  }
}
