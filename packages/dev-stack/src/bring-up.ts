import { join } from 'node:path'
import { CannotStartError } from './cannot-start.error.ts'
import { ensureDemoWorkspace } from './demo-workspace.ts'
import type { DevFile } from './dev-file.ts'
import { KeptPorts } from './files/ports.ts'
import {
  forgetPreviousSecretKey,
  previousSecretKey,
  readOrMakeSecretKey,
  readOrMakeSecrets,
  type Secrets,
} from './files/secrets.ts'
import { channelOf, doubleSpec, readyLine, sandboxSpec } from './network-processes.ts'
import { build, demoSetup, migrateAll, resealAll } from './one-off-programs.ts'
import { freePort, isPortFree } from './processes/free-port.ts'
import type { Supervisor } from './processes/supervisor.ts'
import type { Progress } from './progress.ts'
import { type ChannelToConnect, makeSandboxAccounts } from './seed.ts'
import { knowsPersianLetters } from './servers/letters.ts'
import { natsSpec, natsUrl } from './servers/nats.ts'
import { anyNats } from './servers/nats-binary.ts'
import { postgresSpec, postgresUrl } from './servers/postgres.ts'
import { database, prepareDatabase, serviceUrl } from './servers/prepare-database.ts'
import { processNames, type ServiceSettings, serviceSpecs } from './service-processes.ts'
import { repositoryRoot, type Server, type StackOptions } from './stack-options.ts'

const straight = async (_server: Server, port: number) => port

export type Addresses = Omit<DevFile, 'processes'>

/** Starts everything in the order of dependencies, as much as possible in parallel. */
export async function bringUp(
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
  // The first failure is reported; the others are stopped with everything else.
  const [{ postgres, nats, reached }, { sandboxUrl, channels, origins }] = await Promise.all([
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
    sandboxUrl: origins[0] ?? '',
    secretKey: readOrMakeSecretKey(dataDir),
    previousSecretKey: previousSecretKey(dataDir),
    allowedOrigins: origins,
    env: options.env ?? {},
    databaseUrl: (service) =>
      serviceUrl(reached.postgres, database, service, secrets.postgres[service] ?? ''),
    natsUrl: (service) => reached.nats(service),
  }
  const healthPorts = new Map<string, number>()
  for (const { name } of processNames(publishers)) healthPorts.set(name, await freePort())
  const specs = serviceSpecs(settings, healthPorts)

  await progress.step('migrating', () => migrateAll(settings, signal))
  if (settings.previousSecretKey) {
    await progress.step('sealing with the new key', () => resealAll(settings, signal))
    forgetPreviousSecretKey(dataDir)
  }
  await progress.step(`services (${specs.map(({ name }) => name).join(', ')})`, async () => {
    await Promise.all(specs.map((spec) => supervisor.start(spec)))
  })
  const gatewayUrl = `http://127.0.0.1:${gatewayPort}`
  const databaseUrl = postgresUrl(postgres, database)
  const setup = demoSetup(settings, secrets, signal)
  const workspace = await progress.step('demo workspace', () =>
    ensureDemoWorkspace({ dataDir, databaseUrl, gatewayUrl, channels, setup }),
  )
  return {
    gatewayUrl,
    webUrl: gatewayUrl,
    sandboxUrl,
    natsUrl: nats('operator'),
    databaseUrl,
    ...secrets.login,
    apiKey: workspace.apiKey,
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
  { dataDir, natsUrl: running, between = straight }: StackOptions,
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
  if (!(await knowsPersianLetters(postgres, database))) {
    progress.say('  search in Persian is weak: the database is of an older version (LC_CTYPE C)')
    progress.say(
      '  npm run move-data, while Hamava is stopped, moves it to one that knows the letters',
    )
  }
  const natsAt = (at: number) => (user: string) =>
    running ?? natsUrl(at, { name: user, password: secrets.nats[user] ?? '' })
  const reached = {
    postgres: { port: await between('postgres', postgres.port) },
    nats: natsAt(running ? 0 : await between('nats', natsPort)),
  }
  return { postgres, nats: natsAt(natsPort), reached }
}

async function startNetworks(
  { dataDir, root = repositoryRoot, networks = [], between = straight }: StackOptions,
  supervisor: Supervisor,
  progress: Progress,
  ports: KeptPorts,
) {
  const channels: ChannelToConnect[] = []
  let sandboxUrl = ''
  const origins: string[] = []
  const names = ['sandbox', ...networks]
  await progress.step(`networks (${names.join(', ')})`, async () => {
    for (const network of names) {
      const process = { root, dataDir, port: await ports.for(network) }
      const spec = network === 'sandbox' ? sandboxSpec(process) : doubleSpec(network, process)
      const said = readyLine(await supervisor.start(spec))
      if (!said) throw new Error(`${network} did not say where it listens`)
      if (network === 'sandbox') {
        sandboxUrl = new URL(said.url).origin
        const reached = `http://127.0.0.1:${await between('sandbox', process.port)}`
        origins.push(reached)
        channels.push(...(await makeSandboxAccounts(reached)))
        continue
      }
      origins.push(new URL(said.url).origin)
      if (said.connect) channels.push(channelOf(network, said.connect))
    }
  })
  return { sandboxUrl, channels, origins }
}
