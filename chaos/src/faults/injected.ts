import type { Random } from '../random.ts'
import type { Stage } from '../stage.ts'
import type { Touch } from '../touched.ts'

/** What a fault did, for the record, and what it may have delayed. */
export interface Injected {
  readonly what: string
  readonly touches: readonly Touch[]
}

/** Causes a fault; resolves when the fault is over. */
export type Inject = (stage: Stage, random: Random, lastsMs: number) => Promise<Injected>
