import { join } from 'node:path'
import { manifestOf } from '@hamava/networks/rules'
import { networkDataIn } from './files/data-paths.ts'
import type { ProcessSpec, RunningProcess } from './processes/launch.ts'
import type { ChannelToConnect } from './seed.ts'

export interface NetworkProcess {
  readonly root: string
  readonly dataDir: string
  readonly port: number
}

/** The network of our own that a fresh installation publishes to. */
export function sandboxSpec(options: NetworkProcess): ProcessSpec {
  return networkSpec('sandbox', ['packages/networks/src/sandbox/server/main.ts'], options)
}

/** A double of a real network; it says in its ready line how to connect to it. */
export function doubleSpec(network: string, options: NetworkProcess): ProcessSpec {
  return networkSpec(network, ['packages/networks/src/doubles/main.ts', network], options)
}

/** What a network's process printed in one line when it was ready. */
export interface ReadyLine {
  readonly url: string
  /** What a person would type in to connect its channel. */
  readonly connect?: Readonly<Record<string, string>>
}

/** How to connect the channel of a double: by the connect method whose fields the double gave. */
export function channelOf(
  network: string,
  fields: Readonly<Record<string, string>>,
): ChannelToConnect {
  const given = Object.keys(fields)
  const ways = manifestOf(network)?.connect ?? []
  const way = ways.find((one) =>
    given.every((name) => one.fields.some((field) => field.name === name)),
  )
  if (!way) throw new Error(`no way to connect ${network} asks for ${given.join(', ')}`)
  return { network, method: way.method, fields }
}

export function readyLine(running: RunningProcess): ReadyLine | undefined {
  for (const line of running.output().split('\n')) {
    if (!line.startsWith('{"') || !line.endsWith('}')) continue
    const said = JSON.parse(line) as Partial<ReadyLine>
    if (said.url) return { ...said, url: said.url }
  }
  return undefined
}

function networkSpec(
  name: string,
  [program = '', ...args]: readonly string[],
  { root, dataDir, port }: NetworkProcess,
): ProcessSpec {
  return {
    name,
    command: process.execPath,
    args: ['--conditions=source', '--max-semi-space-size=2', join(root, program), ...args],
    cwd: root,
    env: {
      ...wayOut(process.env),
      PORT: String(port),
      HAMAVA_DATA_DIR: networkDataIn(dataDir, name),
    },
    logFile: join(dataDir, 'logs', `${name}.log`),
    // A real server is built when it runs here for the first time.
    readyMs: 900_000,
    isReady: async (running) => readyLine(running) !== undefined,
  }
}

/** The environment variables that a double needs to find programs and to reach the npm registry. */
function wayOut(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const needed =
    /^(PATH|HOME|NODE_EXTRA_CA_CERTS|SSL_CERT_(FILE|DIR)|.*_proxy|npm_config_(registry|userconfig|cafile))$/i
  return Object.fromEntries(Object.entries(env).filter(([name]) => needed.test(name)))
}
