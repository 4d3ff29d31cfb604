/**
 * What stands for a real network on a developer's machine: its own server where that runs here, else
 * our fake of it. The network's name is the first argument.
 */
const realServers: Record<string, () => Promise<unknown>> = {
  bluesky: () => import('./bluesky-pds/main.ts'),
}

const real = realServers[process.argv[2] ?? '']
await (real ? real() : import('../fakes/main.ts'))
