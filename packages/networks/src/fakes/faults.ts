import { z } from 'zod'

/** What can be made to go wrong. */
export const faultInput = z.object({
  kind: z.enum([
    'latency',
    '429',
    '5xx',
    'cut',
    'done_503',
    'drop_reply',
    'bad_reply',
    'rewrite',
    'stale_list',
    'revoke_tokens',
    'slow_media',
  ]),
  /** The share of requests (or of accounts) that it affects. */
  rate: z.number().min(0).max(1).default(1),
  /** How long it lasts; until the next reset when left out. */
  forMs: z.number().int().positive().max(86_400_000).optional(),
  /** How often it happens, at most. */
  times: z.number().int().positive().optional(),
  /** Only this account. */
  handle: z.string().max(100).optional(),
  /** Only requests with this path, such as `/posts`. The sandbox knows them; the other fakes do not. */
  path: z.string().max(200).optional(),
  /** The delay of `latency`, how long a request that was `cut` off is worked on, the processing time of `slow_media`, the wait that `429` asks for, the age of a `stale_list`. */
  ms: z.number().int().min(0).max(600_000).optional(),
  /** The status of `5xx`, which does not carry the request out; `done_503` answers 503 after carrying it out. */
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
  #random: () => number

  constructor(now: () => number, random: () => number = Math.random) {
    this.#now = now
    this.#random = random
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

  /** The fault of this kind that affects this request, or null; each call draws a random number. */
  meets(kind: FaultKind, handle?: string, path?: string): Fault | null {
    if (this.#active.length === 0) return null
    const fault = this.list().find(
      (one) =>
        one.kind === kind &&
        (one.handle === undefined || one.handle === handle) &&
        (one.path === undefined || one.path === path) &&
        (one.rate === 1 || this.#random() < one.rate),
    )
    if (!fault) return null
    if (fault.left !== null) fault.left -= 1
    return fault
  }
}

/** A seeded random number generator (mulberry32) with values from 0 to 1. */
export function diceOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
