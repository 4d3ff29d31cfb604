// Runs under the server's own Node, beside the packages that were installed for it: it imports nothing of ours.
import { randomBytes } from 'node:crypto'
import { createRequire } from 'node:module'
import { Server } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

interface Startable {
  start(): Promise<unknown>
  destroy(): Promise<unknown>
}
interface PlcPackage {
  Database: { mock(): unknown }
  PlcServer: { create(options: { db: unknown; port: number }): Startable }
}
interface PdsPackage {
  PDS: { create(config: unknown, secrets: unknown): Promise<Startable> }
  envToCfg(env: object): unknown
  envToSecrets(env: object): unknown
}

const [installDir = '', dataDir = '', port = '', plcPort = ''] = process.argv.slice(2)
listenOnThisMachineAlone()

const plc = await startPlc(await load<PlcPackage>('@did-plc/server'))
const pds = await startPds(await load<PdsPackage>('@atproto/pds'))
process.stdout.write(`${JSON.stringify({ url: `http://localhost:${port}`, pid: process.pid })}\n`)

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop())
// The parent holds the other end of stdin: when the parent is gone, this process ends too.
process.stdin.resume().once('end', () => void stop())

async function stop(): Promise<void> {
  await pds.destroy()
  await plc.destroy()
  process.exit(0)
}

async function startPlc({ Database, PlcServer }: PlcPackage): Promise<Startable> {
  const server = PlcServer.create({ db: Database.mock(), port: Number(plcPort) })
  await server.start()
  return server
}

async function startPds({ PDS, envToCfg, envToSecrets }: PdsPackage): Promise<Startable> {
  const env = {
    devMode: true,
    hostname: 'localhost',
    port: Number(port),
    dataDirectory: dataDir,
    blobstoreDiskLocation: join(dataDir, 'blobs'),
    didPlcUrl: `http://localhost:${plcPort}`,
    serviceHandleDomains: ['.test'],
    plcRotationKeyK256PrivateKeyHex: randomBytes(32).toString('hex'),
    jwtSecret: randomBytes(32).toString('hex'),
    dpopSecret: randomBytes(32).toString('hex'),
    adminPassword: randomBytes(16).toString('hex'),
    inviteRequired: false,
    disableSsrfProtection: true,
    rateLimitsEnabled: true,
  }
  const server = await PDS.create(envToCfg(env), envToSecrets(env))
  await server.start()
  return server
}

async function load<T>(name: string): Promise<T> {
  const path = createRequire(join(installDir, 'package.json')).resolve(name)
  const module: T & { default?: T } = await import(pathToFileURL(path).href)
  return { ...module.default, ...module }
}

/** Both servers would listen on every interface; a double is for this machine alone. */
function listenOnThisMachineAlone(): void {
  const listen = Server.prototype.listen
  Server.prototype.listen = function (this: Server, ...args: unknown[]) {
    const [where, ...rest] = args
    const options = typeof where === 'object' ? where : { port: where }
    const done = rest.findLast((one): one is () => void => typeof one === 'function')
    return listen.call(this, { ...options, host: 'localhost' }, done)
  }
}
