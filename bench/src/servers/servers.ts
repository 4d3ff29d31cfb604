import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import {
  describeProcess,
  ensureNats,
  freePort,
  launchUntilReady,
  natsSpec,
  natsUrl,
  type PostgresOptions,
  type ProcessSpec,
  postgresSpec,
  type RecordedProcess,
  type RunningProcess,
  recordProcesses,
  repositoryRoot,
} from '@hamava/dev-stack/parts'

export interface Nats {
  readonly url: string
  readonly folder: string
  readonly spec: ProcessSpec
  process: RunningProcess
}

/** Everything that the benchmark starts; ended together, whatever happens. */
export class Servers {
  readonly folder: string
  readonly #running: RunningProcess[] = []
  readonly #recorded: RecordedProcess[] = []

  constructor() {
    const parent = join(repositoryRoot, '.hamava')
    mkdirSync(parent, { recursive: true })
    this.folder = mkdtempSync(join(parent, 'bench-run-'))
  }

  async start(spec: ProcessSpec): Promise<RunningProcess> {
    const process = await launchUntilReady(spec, undefined, ({ pid }) => {
      const entry = describeProcess(spec.name, pid)
      if (entry) this.#recorded.push(entry)
      recordProcesses(join(this.folder, 'processes.json'), this.#recorded)
    })
    this.#running.push(process)
    return process
  }

  /** A server that was killed, on what it has left. */
  async startAgain(server: { readonly spec: ProcessSpec; process: RunningProcess }): Promise<void> {
    await server.process.exited
    server.process = await this.start(server.spec)
  }

  /** PostgreSQL as in production: what is committed is on the disk. */
  async postgres(
    settings: readonly string[] = [],
  ): Promise<PostgresOptions & { process: RunningProcess; spec: ProcessSpec }> {
    const options: PostgresOptions = {
      folder: join(this.folder, 'postgres'),
      port: await freePort(),
      password: randomBytes(12).toString('hex'),
      logFile: join(this.folder, 'postgres.log'),
      settings,
    }
    const spec = await postgresSpec(options)
    return { ...options, spec, process: await this.start(spec) }
  }

  async nats(name: string, { durable = true }: { durable?: boolean } = {}): Promise<Nats> {
    const binary = await ensureNats('2.10', join(repositoryRoot, '.hamava/bin'))
    const port = await freePort()
    const folder = join(this.folder, name)
    const logFile = join(this.folder, `${name}.log`)
    const spec = { ...natsSpec({ binary, folder, port, logFile, durable }), name }
    return { url: natsUrl(port), folder, spec, process: await this.start(spec) }
  }

  async stop(): Promise<void> {
    for (const process of this.#running.toReversed()) await process.stop()
    rmSync(this.folder, { recursive: true, force: true })
  }
}
