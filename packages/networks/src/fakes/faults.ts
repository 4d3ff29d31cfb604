import { z } from 'zod'

/** What can be made to go wrong. */
export const faultInput = z.object({
  kind: z.enum(['latency', '429', '5xx', 'drop_reply', 'revoke_tokens', 'slow_media', 'bad_reply']),
  /** The share of requests (or of accounts) that it meets. */
  rate: z.number().min(0).max(1).default(1),
  /** How long it lasts; until the next reset when left out. */
  forMs: z.number().int().positive().max(86_400_000).optional(),
  /** How often it happens, at most. */
  times: z.number().int().positive().optional(),
  /** Only this account. */
  handle: z.string().max(100).optional(),
  /** The delay of `latency`, the processing time of `slow_media`, the wait that `429` asks for. */
  ms: z.number().int().min(0).max(600_000).optional(),
  /** The status of `5xx`: 503 says that nothing was done, others leave it open. */
  status: z.number().int().min(500).max(599).optional(),
})
export type FaultInput = z.input<typeof faultInput>
export type FaultKind = FaultInput['kind']

export interface Fault extends z.output<typeof faultInput> {
  until: number | null
  left: number | null
}

/** The faults in force. */
export class Faults {
  #active: Fault[] = []
  #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  add(input: FaultInput): Fault {
    const fault = faultInput.parse(input)
    const active: Fault = {
      ...fault,
      until: fault.forMs === undefined ? null : this.#now() + fault.forMs,
      left: fault.times ?? null,
    }
    this.#active.push(active)
    return active
  }

  list(): Fault[] {
    const now = this.#now()
    this.#active = this.#active.filter(
      ({ until, left }) => (until === null || until > now) && left !== 0,
    )
    return this.#active
  }

  clear(): void {
    this.#active = []
  }

  /** Whether a fault of this kind meets this request; each call throws the dice. */
  meets(kind: FaultKind, handle?: string): Fault | null {
    if (this.#active.length === 0) return null
    const fault = this.list().find(
      (one) =>
        one.kind === kind &&
        (one.handle === undefined || one.handle === handle) &&
        (one.rate === 1 || Math.random() < one.rate),
    )
    if (!fault) return null
    if (fault.left !== null) fault.left -= 1
    return fault
  }
}
