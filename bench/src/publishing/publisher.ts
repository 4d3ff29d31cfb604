import { join } from 'node:path'
import {
  freePort,
  nodeFlags,
  type ProcessSpec,
  program,
  type RunningProcess,
  repositoryRoot,
} from '@hamava/dev-stack/parts'
import type { Database } from '../servers/databases.ts'
import type { Servers } from '../servers/servers.ts'
import { secretKey } from './seed-channels.ts'

export interface ServiceOptions {
  readonly database: Database
  readonly natsUrl: string
  /** The origin that connectors may call. */
  readonly networkUrl?: string
  readonly env?: Readonly<Record<string, string>>
  /** Another program than the service's own. */
  readonly main?: string
  readonly core?: number | undefined
}

/** The built program of a service, as a process of its own. */
export async function serviceSpec(
  servers: Servers,
  service: string,
  options: ServiceOptions,
): Promise<ProcessSpec & { readonly url: string }> {
  const { database, natsUrl, networkUrl, env, main, core } = options
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const pin = core === undefined ? [] : ['taskset', '-c', `${core}`]
  const [command = '', ...args] = [
    ...pin,
    process.execPath,
    ...nodeFlags(service),
    ...profiling(servers, service),
    main ?? program(repositoryRoot, service, 'main.js'),
  ]
  return {
    name: `${service}-${port}`,
    command,
    args,
    cwd: repositoryRoot,
    url,
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      DATABASE_URL: database.urlOf(service),
      NATS_URL: natsUrl,
      HAMAVA_SECRET_KEY: secretKey,
      HAMAVA_OUTBOUND_ALLOW: networkUrl,
      HAMAVA_STORAGE_URL: `file://${join(servers.folder, 'assets')}`,
      PUBLIC_URL: url,
      LOG_LEVEL: 'warn',
      // The gateway answers on PORT, the others on HEALTH_PORT.
      [service === 'gateway' ? 'PORT' : 'HEALTH_PORT']: `${port}`,
      RATE_LIMIT_PER_MINUTE: '1000000000',
      ...env,
    },
    logFile: join(servers.folder, `${service}.log`),
    isReady: async () => (await fetch(`${url}/health/ready`)).ok,
  }
}

const profiling = ({ profiles }: Servers, service: string): string[] =>
  profiles ? ['--cpu-prof', `--cpu-prof-dir=${join(profiles, service)}`] : []

export async function startService(
  servers: Servers,
  service: string,
  options: ServiceOptions,
): Promise<RunningProcess & { readonly url: string }> {
  const spec = await serviceSpec(servers, service, options)
  return { ...(await servers.start(spec)), url: spec.url }
}
