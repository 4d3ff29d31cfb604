import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { bringUp } from './bring-up.ts'
import { CannotStartError } from './cannot-start.error.ts'
import { type DevFile, removeDevFile, writeDevFile } from './dev-file.ts'
import { rotateLogs } from './files/rotate-logs.ts'
import { endRecorded } from './processes/process-record.ts'
import { takeRunLock } from './processes/run-lock.ts'
import { Supervisor } from './processes/supervisor.ts'
import { Progress } from './progress.ts'
import type { StackOptions } from './stack-options.ts'

/** The whole running system. */
export interface Stack extends AsyncDisposable {
  /** What dev.json says, as of now. */
  readonly dev: DevFile
  /** Stops and starts a process, or all of a service's, and waits until it is ready. */
  readonly restart: (name: string) => Promise<void>
  /** Signals a process, or all of a service's; what dies of it is started again. */
  readonly kill: (name: string, signal: NodeJS.Signals) => void
  /** The process of that name, if it runs. */
  readonly pidOf: (name: string) => number | undefined
  readonly stop: () => Promise<void>
}

/** Starts everything and resolves when all is ready. First ends the processes that a killed start left running. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { dataDir } = options
  mkdirSync(dataDir, { recursive: true })
  const lock = takeRunLock(join(dataDir, 'supervisor.lock'))
  if ('heldBy' in lock) {
    throw new CannotStartError(
      `Hamava is already running on ${dataDir} (process ${lock.heldBy}).`,
      `use that one (its addresses are in ${join(dataDir, 'dev.json')}), or end it: kill ${lock.heldBy}`,
    )
  }
  const progress = new Progress(options.quiet ? () => {} : (line) => console.log(line))
  let dev: DevFile | undefined
  const recordFile = join(dataDir, 'processes.json')
  const supervisor = new Supervisor({
    recordFile,
    say: (line) => progress.say(line),
    onChange: (processes) => {
      if (!dev) return
      dev.processes = processes
      writeDevFile(dataDir, dev)
    },
  })
  const stop = async () => {
    dev = undefined
    await supervisor.stop()
    removeDevFile(dataDir)
    lock.release()
  }
  try {
    removeDevFile(dataDir)
    const left = await endRecorded(recordFile)
    if (left.length > 0) {
      progress.say(
        `  ended what a killed start had left: ${left.map(({ name }) => name).join(', ')}`,
      )
    }
    rotateLogs(join(dataDir, 'logs'))
    const begun = await bringUp(options, supervisor, progress)
    dev = { ...begun, processes: supervisor.pids() }
    writeDevFile(dataDir, dev)
    const facts = dev
    return {
      dev: facts,
      restart: (name) => supervisor.restart(name),
      kill: (name, signal) => supervisor.kill(name, signal),
      pidOf: (name) => supervisor.pidOf(name),
      stop,
      [Symbol.asyncDispose]: stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
