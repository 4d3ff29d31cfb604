import type { Servers } from './servers/servers.ts'

/** What a scenario is given. */
export interface Bench {
  /** Its own servers, stopped when it is done. */
  readonly servers: Servers
  /** Measured rounds, after one that warms up. */
  readonly rounds: number
  /** The size to use: the goal's own, or a small one that only shows that everything runs. */
  readonly size: (full: number, quick: number) => number
  readonly say: (line: string) => void
}
