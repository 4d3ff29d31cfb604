import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { processTree } from '../measuring/process-tree.ts'
import { type GoalResult, readResults } from '../report/results.ts'
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

/** Longer than any of the servers may take to end. */
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
  const exited = new Promise<string>((resolve) => {
    child.once('error', ({ message }) => resolve(message))
    child.once('exit', (code, by) => resolve(code === 0 ? '' : `ended with ${by ?? code}`))
  })
  const programs = watchPrograms(child.pid ?? -1)
  const timeOver = AbortSignal.timeout(withinMs)
  const end = () => void endProcess(child)
  const stop = AbortSignal.any([signal, timeOver])
  stop.addEventListener('abort', end)
  const failure = await exited
  stop.removeEventListener('abort', end)
  const seconds = programs()
  signal.throwIfAborted()
  if (timeOver.aborted) throw problem(`was not done within ${withinMs / 1000} s`, output)
  if (failure) throw problem(failure, output)
  const result = readResults(`${output}.json`)?.goals.find(({ id }) => id === goal)
  if (!result) throw problem(`does not report ${goal}`, output)
  if (result.failure) throw problem(`failed: ${result.failure}`, output)
  return { result, programs: seconds }
}

/** It stops its servers when it is asked to; what is left after that is killed, each by its pid. */
async function endProcess(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM')
  await pause(graceMs, undefined, { ref: false })
  if (child.exitCode !== null || child.signalCode !== null) return
  for (const { pid } of processTree(child.pid ?? -1).toReversed()) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It has ended meanwhile.
    }
  }
}

function problem(what: string, output: string): Error {
  const lastLines = readFileSync(`${output}.log`, 'utf8').trimEnd().split('\n').slice(-12)
  return new Error(`${what}\n    ${lastLines.join('\n    ')}\n    (all of it: ${output}.log)`)
}
