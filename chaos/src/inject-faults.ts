import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { FaultKindName } from './fault-kinds.ts'
import { injections } from './faults/index.ts'
import type { PlannedFault } from './plan-faults.ts'
import { randomOf } from './random.ts'
import type { Stage } from './stage.ts'
import type { Touch } from './touched.ts'

/** A fault that happened. */
export interface FaultRecord {
  readonly kind: FaultKindName
  readonly what: string
  readonly startedAt: number
  readonly endedAt: number
  readonly touches: readonly Touch[]
}

const mostTries = 20

/** Carries out the plan from `beginAt` on, writes each fault to `faults.jsonl`, and resolves when all are over. */
export async function injectFaults(
  stage: Stage,
  planned: readonly PlannedFault[],
  beginAt: number,
): Promise<FaultRecord[]> {
  const log = join(stage.dataDir, 'faults.jsonl')
  const records = await Promise.all(
    planned.map(async ({ kind, atMs, lastsMs, seed }) => {
      await pause(Math.max(0, beginAt + atMs - Date.now()))
      const note = (startedAt: number, facts: object) => {
        const times = { at: new Date(startedAt).toISOString(), ms: Date.now() - startedAt }
        appendFileSync(log, `${JSON.stringify({ ...times, kind, ...facts })}\n`)
      }
      for (let tries = 0; tries < mostTries; tries += 1) {
        const startedAt = Date.now()
        try {
          const { what, touches } = await injections[kind](stage, randomOf(seed), lastsMs)
          note(startedAt, { what })
          return [{ kind, what, startedAt, endedAt: Date.now(), touches }]
        } catch (error) {
          // Another fault is in the way, such as a database that is down: it is tried again a moment later.
          note(startedAt, { failed: String(error) })
          await pause(500)
        }
      }
      return []
    }),
  )
  return records.flat()
}
