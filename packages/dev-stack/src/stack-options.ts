import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The servers that services talk to; see `between`. */
export type Server = 'postgres' | 'nats' | 'sandbox'

export interface StackOptions {
  /** Everything the stack keeps is in here. */
  readonly dataDir: string
  /** The gateway's port; without it, a free one. */
  readonly port?: number
  readonly publishers?: number
  /** Doubles of real networks to run beside the sandbox. */
  readonly networks?: readonly string[]
  /** Whether to bring dist/ up to date first (default: yes). */
  readonly build?: boolean
  readonly quiet?: boolean
  /** Options of the services, such as LEASE_MS, beside what the shell says. */
  readonly env?: Readonly<Record<string, string>>
  /** A NATS server that already runs, used instead of our own. */
  readonly natsUrl?: string
  /** Puts the caller's proxy between the services and a server; returns the port that the services use. */
  readonly between?: (server: Server, port: number) => Promise<number>
  /** Where the repository is; tests put small programs in place of the services. */
  readonly root?: string
  /** Ends a start that is under way. */
  readonly signal?: AbortSignal
}

export const repositoryRoot = fileURLToPath(new URL('../../../', import.meta.url))

/** The command line and environment of `npm start`. */
export function readStackOptions(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): StackOptions | { problem: string } {
  let publishers = 1
  let networks: string[] = []
  const words = args.flatMap((arg) => arg.split(/=(.*)/s).filter(Boolean))
  while (words.length > 0) {
    const [name, value = ''] = words.splice(0, 2)
    if (name === '--publishers') publishers = Number(value)
    else if (name === '--networks') networks = value.split(',').filter(Boolean)
    else return { problem: `${name} is no option of npm start.` }
  }
  if (!Number.isInteger(publishers) || publishers < 1) {
    return { problem: '--publishers takes a number from 1 up.' }
  }
  const port = Number(env.PORT ?? 4000)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    return { problem: `PORT is ${env.PORT}, which is no port.` }
  }
  const natsUrl = env.NATS_URL ? { natsUrl: env.NATS_URL } : {}
  const dataDir = resolve(repositoryRoot, '.hamava')
  return { dataDir, port, publishers, networks, ...natsUrl }
}
