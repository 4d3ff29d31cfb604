import { setTimeout as pause } from 'node:timers/promises'
import { launch, launchUntilReady, type ProcessSpec, type RunningProcess } from './launch.ts'
import { describeProcess, type RecordedProcess, recordProcesses } from './process-record.ts'
import { until } from './until.ts'

export interface SupervisorOptions {
  /** Where the running processes are written down, for the start after a crash. */
  readonly recordFile: string
  readonly say: (line: string) => void
  /** Called whenever a process began or ended. */
  readonly onChange?: (pids: Record<string, number[]>) => void
}

interface Child {
  readonly spec: ProcessSpec
  running: RunningProcess
  deaths: number
}

const backoff = { firstMs: 200, longestMs: 10_000, forgottenAfterMs: 30_000 }

/** Keeps processes running until told to stop: restarts those that die, with growing pauses if they die soon. */
export class Supervisor {
  readonly #options: SupervisorOptions
  readonly #children = new Map<string, Child>()
  readonly #restarting = new Set<string>()
  readonly #stopping = new AbortController()

  constructor(options: SupervisorOptions) {
    this.#options = options
  }

  /** Starts a process and waits until it is ready; one that cannot start is an error and is not tried again. */
  async start(spec: ProcessSpec): Promise<RunningProcess> {
    const signal = this.#stopping.signal
    signal.throwIfAborted()
    try {
      const running = await launchUntilReady(spec, signal, (launched) => {
        this.#children.set(spec.name, { spec, running: launched, deaths: 0 })
        this.#changed()
      })
      void this.#watch(spec.name, running)
      return running
    } catch (error) {
      if (!signal.aborted) this.#children.delete(spec.name)
      throw error
    }
  }

  /** Pids by group name, in the order of starting. */
  pids(): Record<string, number[]> {
    const pids: Record<string, number[]> = {}
    for (const { spec, running } of this.#children.values()) {
      const group = spec.group ?? spec.name
      pids[group] ??= []
      if (!running.hasExited()) pids[group].push(running.pid)
    }
    return pids
  }

  /** The process of that name, unless it is down. */
  pidOf(name: string): number | undefined {
    const running = this.#children.get(name)?.running
    return running && !running.hasExited() ? running.pid : undefined
  }

  /** Signals the processes of that name, or of that group. */
  kill(name: string, signal: NodeJS.Signals): void {
    for (const { running } of this.#named(name)) running.kill(signal)
  }

  /** Stops and starts the processes of that name or group, and waits until they are ready. */
  async restart(name: string): Promise<void> {
    for (const child of this.#named(name)) {
      this.#restarting.add(child.spec.name)
      await child.running.stop()
      this.#restarting.delete(child.spec.name)
      this.#launchAgain(child)
      await until(async () => ((await child.spec.isReady(child.running)) ? true : undefined), {
        what: `${child.spec.name} becoming ready`,
        timeoutMs: child.spec.readyMs ?? 60_000,
        signal: this.#stopping.signal,
      })
    }
  }

  /** Stops everything, the last started first; processes of one group stop together. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    const groups = new Map<string, Child[]>()
    for (const child of this.#children.values()) {
      const stage = child.spec.stage ?? child.spec.name
      groups.set(stage, [...(groups.get(stage) ?? []), child])
    }
    for (const group of [...groups.values()].reverse()) {
      await Promise.all(group.map(({ running }) => running.stop()))
    }
    this.#children.clear()
    this.#changed()
  }

  #named(name: string): Child[] {
    const found = [...this.#children.values()].filter(
      ({ spec }) => spec.name === name || spec.group === name,
    )
    if (found.length === 0) {
      throw new Error(`no process ${name}; there are ${[...this.#children.keys()].join(', ')}`)
    }
    return found
  }

  async #watch(name: string, running: RunningProcess): Promise<void> {
    const begunAt = performance.now()
    const how = await running.exited
    const child = this.#children.get(name)
    if (!child || child.running !== running || this.#stopping.signal.aborted) return
    this.#changed()
    if (this.#restarting.has(name)) return
    if (performance.now() - begunAt > backoff.forgottenAfterMs) child.deaths = 0
    const waitMs = Math.min(backoff.firstMs * 2 ** child.deaths, backoff.longestMs)
    child.deaths += 1
    this.#options.say(
      `${name} ended with ${how}; starting it again in ${waitMs / 1000} s (log: ${child.spec.logFile})`,
    )
    await pause(waitMs)
    if (!this.#stopping.signal.aborted && child.running === running) this.#launchAgain(child)
  }

  #launchAgain(child: Child): void {
    child.running = launch(child.spec)
    this.#changed()
    void this.#watch(child.spec.name, child.running)
  }

  #changed(): void {
    const recorded: RecordedProcess[] = []
    for (const { spec, running } of this.#children.values()) {
      const entry = running.hasExited() ? undefined : describeProcess(spec.name, running.pid)
      if (entry) recorded.push(entry)
    }
    recordProcesses(this.#options.recordFile, recorded)
    this.#options.onChange?.(this.pids())
  }
}
