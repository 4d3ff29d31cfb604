import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { CannotStartError } from './cannot-start.error.ts'
import type { ProcessSpec } from './processes/launch.ts'
import { databaseOwners } from './services.ts'

export interface ServiceSettings {
  readonly root: string
  readonly dataDir: string
  readonly publishers: number
  readonly gatewayPort: number
  readonly sandboxUrl: string
  readonly secretKey: string
  /** Given for as long as something may be sealed with it. */
  readonly previousSecretKey?: string | undefined
  /** Exact origins on this machine that connectors may call. */
  readonly allowedOrigins: readonly string[]
  /** Further environment variables of the services. */
  readonly env: Readonly<Record<string, string>>
  readonly databaseUrl: (service: string) => string
  readonly natsUrl: (service: string) => string
}

/** The path of a service's built program. Throws if it is missing, before anything waits for it. */
export function program(root: string, app: string, name: string): string {
  const path = join(root, 'apps', app, 'dist', name)
  if (existsSync(path)) return path
  throw new CannotStartError(`apps/${app}/dist/${name} is missing.`, 'npm run build')
}

/** The environment that every program of a service gets. */
export function serviceEnv(service: string, settings: ServiceSettings): NodeJS.ProcessEnv {
  const url = `http://127.0.0.1:${settings.gatewayPort}`
  return {
    ...inherited(process.env),
    ...settings.env,
    NODE_ENV: 'production',
    DATABASE_URL: settings.databaseUrl(service),
    NATS_URL: settings.natsUrl(service),
    HAMAVA_SECRET_KEY: settings.secretKey,
    ...(settings.previousSecretKey && {
      HAMAVA_SECRET_KEY_PREVIOUS: settings.previousSecretKey,
    }),
    // A service that is started again, after a kill above all, need not compile all of its code again.
    NODE_COMPILE_CACHE: join(settings.root, '.hamava', 'compiled'),
    HAMAVA_OUTBOUND_ALLOW: [...settings.allowedOrigins, ...allowedByShell()].join(','),
    HAMAVA_STORAGE_URL: `file://${join(settings.dataDir, 'assets')}`,
    SANDBOX_URL: settings.sandboxUrl,
    PUBLIC_URL: url,
    ...(service === 'gateway'
      ? { PORT: String(settings.gatewayPort), WEB_DIR: join(settings.root, 'apps/web/dist') }
      : {}),
  }
}

/** Origins that the shell allows besides our own. */
const allowedByShell = () => (process.env.HAMAVA_OUTBOUND_ALLOW ?? '').split(',').filter(Boolean)

/** Most objects here live for one request: a larger young generation saves collections, and stays small when idle. */
const busyServices = ['publishing', 'gateway']

/** As an absolute URL: the working directory of services may be anywhere. */
const ownSourceMaps = new URL('../../service-kit/src/source-maps.ts', import.meta.url).href

/**
 * Node's flags for a service. The higher a heap's limit, the larger the steps in which V8 grows it: this limit, still
 * far above what is ever in use, keeps a publisher at two thirds of its memory through a burst.
 */
export const nodeFlags = (service: string) => [
  `--import=${ownSourceMaps}`,
  '--max-old-space-size=1500',
  `--max-semi-space-size=${busyServices.includes(service) ? 16 : 2}`,
]

/** Publications leave on the second; events, metrics and pages may come a moment later. */
const niceness: Readonly<Record<string, number>> = {
  publishing: 0,
  gateway: 3,
  content: 5,
  scheduling: 5,
  listening: 15,
  analytics: 15,
}

/** One process for each service, and as many publishers as wanted. */
export function serviceSpecs(
  settings: ServiceSettings,
  healthPorts: ReadonlyMap<string, number>,
): ProcessSpec[] {
  return processNames(settings.publishers).map(({ name, service }) => {
    const healthPort = healthPorts.get(name) ?? 0
    const answersOn = service === 'gateway' ? settings.gatewayPort : healthPort
    return {
      name,
      group: service,
      niceness: niceness[service] ?? 0,
      stage: service === 'gateway' ? 'gateway' : 'services',
      command: process.execPath,
      args: [...nodeFlags(service), program(settings.root, service, 'main.js')],
      cwd: settings.root,
      env: {
        ...serviceEnv(service, settings),
        HEALTH_PORT: String(healthPort),
        HAMAVA_WORKER_NAME: name,
      },
      logFile: join(settings.dataDir, 'logs', `${name}.log`),
      isReady: () => answersOk(`http://127.0.0.1:${answersOn}/health/ready`),
    }
  })
}

export function processNames(publishers: number): { name: string; service: string }[] {
  return databaseOwners.flatMap((service): { name: string; service: string }[] =>
    service === 'publishing'
      ? Array.from({ length: publishers }, (_, index) => ({
          name: `publishing-${index + 1}`,
          service,
        }))
      : [{ name: service, service }],
  )
}

async function answersOk(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(2_000) })
  await response.arrayBuffer()
  return response.ok
}

/**
 * A service's options can be set in the shell. Variables of npm, of Jest and of this program are left out, and so are
 * those named X_FILE, as a service reads the value of X from that file.
 */
function inherited(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const ours =
    /^(npm_.*|JEST_.*|HAMAVA_TEST_.*|HAMAVA_SETUP_.*|NODE_OPTIONS|PORT|HOST|(?!SSL_CERT).*_FILE)$/
  return Object.fromEntries(Object.entries(env).filter(([name]) => !ours.test(name)))
}
