import { fileURLToPath } from 'node:url'
import { freePort, until } from '@hamava/dev-stack/parts'
import { startSide } from '../sides/side.ts'
import type { ArrivalReport } from './arrivals.ts'

export type NetworkQuestion =
  | { kind: 'begin'; delayMs: number }
  /** Asks for the arrivals since the last `begin`. */
  | { kind: 'report' }

export interface Network {
  readonly url: string
  /** Forgets earlier arrivals; replies take `delayMs` from now on. */
  readonly begin: (delayMs?: number) => Promise<ArrivalReport>
  readonly report: () => Promise<ArrivalReport>
  /** Waits until `count` different posts have arrived. */
  readonly arrived: (count: number, withinMs?: number) => Promise<ArrivalReport>
  readonly stop: () => Promise<void>
}

const program = fileURLToPath(new URL('./mock-network.ts', import.meta.url))

export async function startNetwork(): Promise<Network> {
  const port = await freePort()
  const side = await startSide({ program, env: { NETWORK_PORT: `${port}` } })
  const ask = (question: NetworkQuestion) => side.ask<ArrivalReport>(question)
  const report = () => ask({ kind: 'report' })
  return {
    url: `http://127.0.0.1:${port}`,
    begin: (delayMs = 0) => ask({ kind: 'begin', delayMs }),
    report,
    arrived: (count, withinMs = 900_000) =>
      until(
        async () => {
          const now = await report()
          return now.count >= count ? now : undefined
        },
        { what: `${count} posts arriving`, timeoutMs: withinMs, intervalMs: 250 },
      ),
    stop: side.stop,
  }
}
