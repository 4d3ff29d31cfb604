import { randomBytes } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import {
  describeProcess,
  endRecorded,
  ensureNats,
  freePort,
  isRunning,
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

const parent = join(repositoryRoot, '.hamava')
const ownerFile = 'owner.json'
const countStatements = [
  'shared_preload_libraries=pg_stat_statements',
  'pg_stat_statements.track_planning=on',
]

/** A run that was killed leaves its servers and their folder behind, in this repository or in another one. */
export async function sweepAbandoned(root = repositoryRoot): Promise<void> {
  const runs = join(root, '.hamava')
  mkdirSync(runs, { recursive: true })
  for (const name of readdirSync(runs).filter((entry) => entry.startsWith('bench-run-'))) {
    const folder = join(runs, name)
    const owner = join(folder, ownerFile)
    if (existsSync(owner) && isRunning(JSON.parse(readFileSync(owner, 'utf8')))) continue
    await endRecorded(join(folder, 'processes.json'))
    rmSync(folder, { recursive: true, force: true })
  }
}

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
  readonly #databases: PostgresOptions[] = []

  /** The folder of the services' profiles; undefined when nobody asked for them. */
  readonly profiles: string | undefined

  constructor({ profile = false } = {}) {
    mkdirSync(parent, { recursive: true })
    this.folder = mkdtempSync(join(parent, 'bench-run-'))
    this.profiles = profile ? join(this.folder, 'profiles') : undefined
    writeFileSync(
      join(this.folder, ownerFile),
      JSON.stringify(describeProcess('owner', process.pid) ?? null),
    )
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

  /** Starts a killed server again, on its old data. */
  async startAgain(server: { readonly spec: ProcessSpec; process: RunningProcess }): Promise<void> {
    await server.process.exited
    server.process = await this.start(server.spec)
  }

  /** PostgreSQL as in production: commits are synced to the disk. */
  async postgres(
    settings: readonly string[] = [],
  ): Promise<PostgresOptions & { process: RunningProcess; spec: ProcessSpec }> {
    const options: PostgresOptions = {
      folder: join(this.folder, 'postgres'),
      port: await freePort(),
      password: randomBytes(12).toString('hex'),
      logFile: join(this.folder, 'postgres.log'),
      settings: this.profiles ? [...settings, ...countStatements] : settings,
    }
    this.#databases.push(options)
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

  /** The PostgreSQL servers that were started. */
  get databases(): readonly PostgresOptions[] {
    return this.#databases
  }

  async end(): Promise<void> {
    for (const process of this.#running.toReversed()) await process.stop()
  }

  /** Removes the servers' data, once they are stopped. */
  forget(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}
