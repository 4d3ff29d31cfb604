import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { CannotStartError } from './cannot-start.error.ts'
import { type DemoWorkspace, ensureDemoWorkspace } from './demo-workspace.ts'
import { type DevFile, removeDevFile, writeDevFile } from './dev-file.ts'
import { KeptPorts } from './files/ports.ts'
import { rotateLogs } from './files/rotate-logs.ts'
import { readOrMakeSecretKey, readOrMakeSecrets, type Secrets } from './files/secrets.ts'
import { doubleSpec, readyLine, sandboxSpec } from './network-processes.ts'
import { freePort, isPortFree } from './processes/free-port.ts'
import { endRecorded } from './processes/process-record.ts'
import { takeRunLock } from './processes/run-lock.ts'
import { runOnce } from './processes/run-once.ts'
import { Supervisor } from './processes/supervisor.ts'
import { Progress } from './progress.ts'
import { type ChannelToConnect, makeSandboxAccounts } from './seed.ts'
import { natsSpec, natsUrl } from './servers/nats.ts'
import { anyNats } from './servers/nats-binary.ts'
import { postgresSpec, postgresUrl } from './servers/postgres.ts'
import { prepareDatabase, serviceUrl } from './servers/prepare-database.ts'
import {
  nodeFlags,
  processNames,
  program,
  type ServiceSettings,
  serviceEnv,
  serviceSpecs,
} from './service-processes.ts'
import { databaseOwners } from './services.ts'
import { repositoryRoot, type StackOptions } from './stack-options.ts'

const database = 'hamava'

/** The whole running system. */
export interface Stack extends AsyncDisposable {
  /** What dev.json says, as of now. */
  readonly dev: DevFile
  /** Stops and starts a process, or all of a service's, and waits until it is ready. */
  readonly restart: (name: string) => Promise<void>
  /** Signals a process, or all of a service's; what dies of it is started again. */
  readonly kill: (name: string, signal: NodeJS.Signals) => void
  readonly stop: () => Promise<void>
}

/** Brings everything up and answers when all of it is ready. What a killed start left running is ended first. */
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
      stop,
      [Symbol.asyncDispose]: stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

type Addresses = Omit<DevFile, 'processes'>

async function bringUp(
  options: StackOptions,
  supervisor: Supervisor,
  progress: Progress,
): Promise<Addresses> {
  const { dataDir, signal, root = repositoryRoot, publishers = 1 } = options
  const gatewayPort = await gatewayPortOf(options)
  const secrets = readOrMakeSecrets(dataDir)
  const ports = new KeptPorts(dataDir)
  const servers = startServers(options, supervisor, progress, secrets, ports)
  const networks = startNetworks(options, supervisor, progress, ports)
  const building =
    options.build === false
      ? undefined
      : progress.step('building', () => build(root, dataDir, signal))
  // Whichever fails first is the one to tell of; the others are stopped with everything else.
  const [{ postgres, nats }, { sandboxUrl, channels, origins }] = await Promise.all([
    servers,
    networks,
    building,
  ])
  signal?.throwIfAborted()

  const settings: ServiceSettings = {
    root,
    dataDir,
    publishers,
    gatewayPort,
    sandboxUrl,
    secretKey: readOrMakeSecretKey(dataDir),
    allowedOrigins: origins,
    env: options.env ?? {},
    databaseUrl: (service) =>
      serviceUrl(postgres, database, service, secrets.postgres[service] ?? ''),
    natsUrl: (service) => nats(service),
  }
  const healthPorts = new Map<string, number>()
  for (const { name } of processNames(publishers)) healthPorts.set(name, await freePort())
  const specs = serviceSpecs(settings, healthPorts)
  const gateway = specs.filter(({ name }) => name === 'gateway')
  const others = specs.filter(({ name }) => name !== 'gateway')

  await progress.step('migrating', () => migrateAll(settings, signal))
  await progress.step(`services (${specs.map(({ name }) => name).join(', ')})`, async () => {
    await Promise.all([...others, ...gateway].map((spec) => supervisor.start(spec)))
  })
  const gatewayUrl = `http://127.0.0.1:${gatewayPort}`
  const databaseUrl = postgresUrl(postgres, database)
  const { email, password } = secrets.login
  let workspace: DemoWorkspace | undefined
  await progress.step('demo workspace', async () => {
    workspace = await ensureDemoWorkspace({
      dataDir,
      databaseUrl,
      gatewayUrl,
      channels,
      setup: {
        command: process.execPath,
        args: [...nodeFlags, program(root, 'gateway', 'setup.js')],
        cwd: root,
        env: {
          ...serviceEnv('gateway', settings),
          HAMAVA_SETUP_EMAIL: email,
          HAMAVA_SETUP_PASSWORD: password,
          HAMAVA_SETUP_WORKSPACE: 'هم‌آوا',
        },
        logFile: join(dataDir, 'logs/setup.log'),
        signal,
      },
    })
  })
  return {
    gatewayUrl,
    webUrl: gatewayUrl,
    sandboxUrl,
    natsUrl: nats('operator'),
    databaseUrl,
    email,
    password,
    apiKey: workspace?.apiKey ?? '',
  }
}

async function gatewayPortOf({ port }: StackOptions): Promise<number> {
  if (port === undefined) return freePort()
  if (await isPortFree(port)) return port
  throw new CannotStartError(
    `Port ${port}, where the gateway should answer, is taken by another program.`,
    `PORT=${port + 1} npm start`,
  )
}

async function startServers(
  { dataDir, natsUrl: running }: StackOptions,
  supervisor: Supervisor,
  progress: Progress,
  secrets: Secrets,
  ports: KeptPorts,
) {
  const postgres = {
    folder: join(dataDir, 'postgres'),
    port: await ports.for('postgres'),
    password: secrets.postgres.postgres ?? '',
    logFile: join(dataDir, 'logs/postgres.log'),
  }
  const natsPort = running ? 0 : await ports.for('nats')
  const startNats = async () => {
    const binary = await anyNats(join(repositoryRoot, '.hamava/bin'))
    const folder = join(dataDir, 'nats')
    const logFile = join(dataDir, 'logs/nats.log')
    await supervisor.start(
      natsSpec({ binary, folder, port: natsPort, logFile, passwords: secrets.nats }),
    )
    return `nats-server ${binary.version} on port ${natsPort}`
  }
  await Promise.all([
    progress.step('PostgreSQL', async () => {
      await supervisor.start(await postgresSpec(postgres))
      await prepareDatabase(postgres, database, secrets.postgres)
      return `port ${postgres.port}`
    }),
    running ? progress.say(`  NATS: using ${running}`) : progress.step('NATS', startNats),
  ])
  const nats = (user: string) =>
    running ?? natsUrl(natsPort, { name: user, password: secrets.nats[user] ?? '' })
  return { postgres, nats }
}

async function startNetworks(
  { dataDir, root = repositoryRoot, networks = [] }: StackOptions,
  supervisor: Supervisor,
  progress: Progress,
  ports: KeptPorts,
) {
  const channels: ChannelToConnect[] = []
  const origins: string[] = []
  const names = ['sandbox', ...networks]
  await progress.step(`networks (${names.join(', ')})`, async () => {
    for (const network of names) {
      const process = { root, dataDir, port: await ports.for(network) }
      const spec = network === 'sandbox' ? sandboxSpec(process) : doubleSpec(network, process)
      const said = readyLine(await supervisor.start(spec))
      if (!said) throw new Error(`${network} did not say where it listens`)
      origins.push(new URL(said.url).origin)
      if (network === 'sandbox') channels.push(...(await makeSandboxAccounts(said.url)))
      else if (said.connect) {
        const { method = 'access_token', fields } = said.connect
        channels.push({ network, method, fields })
      }
    }
  })
  return { sandboxUrl: origins[0] ?? '', channels, origins }
}

async function build(root: string, dataDir: string, signal?: AbortSignal): Promise<void> {
  await runOnce('building', {
    command: join(root, 'node_modules/.bin/turbo'),
    args: ['run', 'build', '--output-logs=errors-only', '--no-color'],
    cwd: root,
    env: process.env,
    logFile: join(dataDir, 'logs/build.log'),
    signal,
  })
}

/** Two at a time, as a migration is mostly the start of a program. */
async function migrateAll(settings: ServiceSettings, signal?: AbortSignal): Promise<void> {
  const waiting = [...databaseOwners]
  const work = async () => {
    for (let service = waiting.shift(); service; service = waiting.shift()) {
      await runOnce(`migrating ${service}`, {
        command: process.execPath,
        args: [...nodeFlags, program(settings.root, service, 'migrate.js')],
        cwd: settings.root,
        env: serviceEnv(service, settings),
        logFile: join(settings.dataDir, 'logs/migrate.log'),
        signal,
      })
    }
  }
  for (const service of databaseOwners) program(settings.root, service, 'main.js')
  await Promise.all([work(), work()])
}
