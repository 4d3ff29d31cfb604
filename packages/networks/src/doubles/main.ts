/**
 * Runs the double of a network on a developer's machine: its real server if that can run locally, else our fake. The
 * network's name is the first argument.
 */
const realServers: Record<string, () => Promise<unknown>> = {
  bluesky: () => import('./bluesky-pds/main.ts'),
}

const real = realServers[process.argv[2] ?? '']
await (real ? real() : import('../fakes/main.ts'))
