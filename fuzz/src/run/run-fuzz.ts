import { fetchDocument } from '../document/operation.ts'
import type { Report } from '../report/print-report.ts'
import { makeWorld } from '../world/make-world.ts'
import type { Access } from '../world/world.ts'
import { runLane } from './run-lane.ts'

export interface FuzzOptions {
  readonly access: Access
  readonly seed: number
  readonly requests: number
  readonly lanes: number
  readonly say: (line: string) => void
  readonly signal?: AbortSignal | undefined
}

/** Asks a running system for everything that its document describes, and judges what it answers. */
export async function runFuzz(options: FuzzOptions): Promise<Report> {
  const { access, seed, requests, lanes, say, signal } = options
  const document = await fetchDocument(access.url)
  say(
    `${document.operations.length} operations; making ${lanes} workspaces with everything in them`,
  )
  const worlds = []
  for (let lane = 0; lane < lanes; lane++) worlds.push(await makeWorld(access, document, lane))
  const statuses: Record<string, number> = {}
  let answered = 0
  const begun = performance.now()
  const seconds = () => (performance.now() - begun) / 1_000
  const onAnswer = (status: number) => {
    statuses[status] = (statuses[status] ?? 0) + 1
    if (++answered % 1_000 === 0) say(`${answered} requests in ${seconds().toFixed(0)} s`)
  }
  const found = await Promise.all(
    worlds.map((world, lane) => {
      const numbers = Array.from({ length: requests }, (_, at) => at).filter(
        (number) => number % lanes === lane,
      )
      return runLane({ world, seed, numbers, signal, onAnswer })
    }),
  )
  return { seed, requests, seconds: seconds(), statuses, violations: found.flat() }
}
