/**
 * What can go wrong, how often a minute at least, and how long it may last. Faults that excuse lateness come only in
 * rough times, with calm ones between; the others come at any time, as publications must leave on time in spite of
 * them.
 */
export interface FaultKind {
  readonly perMinute: number
  readonly excuses: boolean
  readonly lastsMs: (leaseMs: number) => { from: number; to: number }
}

const atOnce = () => ({ from: 0, to: 0 })
const lasting = (from: number, to: number) => () => ({ from, to })
const aroundLease = (leaseMs: number) => ({ from: 0.3 * leaseMs, to: 2 * leaseMs })

export const faultKinds = {
  'publisher killed': { perMinute: 5, excuses: true, lastsMs: atOnce },
  'publisher stopped': { perMinute: 3, excuses: true, lastsMs: aroundLease },
  'postgres killed': { perMinute: 1, excuses: true, lastsMs: atOnce },
  'backend killed': { perMinute: 1, excuses: true, lastsMs: atOnce },
  'backends ended': { perMinute: 2, excuses: true, lastsMs: atOnce },
  'postgres cut': { perMinute: 2, excuses: true, lastsMs: atOnce },
  'postgres delayed': { perMinute: 1, excuses: true, lastsMs: lasting(500, 2_000) },
  'network cut': { perMinute: 3, excuses: true, lastsMs: atOnce },
  'network delayed': { perMinute: 2, excuses: true, lastsMs: lasting(500, 2_500) },
  'network silent': { perMinute: 2, excuses: true, lastsMs: lasting(500, 2_500) },
  'service killed': { perMinute: 4, excuses: false, lastsMs: atOnce },
  'service stopped': { perMinute: 2, excuses: false, lastsMs: lasting(500, 4_000) },
  'nats killed': { perMinute: 2, excuses: false, lastsMs: atOnce },
  'nats storage deleted': { perMinute: 1, excuses: false, lastsMs: atOnce },
  'nats cut': { perMinute: 2, excuses: false, lastsMs: atOnce },
  'nats delayed': { perMinute: 1, excuses: false, lastsMs: lasting(500, 3_000) },
  'reply dropped': { perMinute: 4, excuses: false, lastsMs: lasting(1_500, 4_000) },
  'answered 429': { perMinute: 2, excuses: false, lastsMs: lasting(1_500, 3_000) },
  'answered 5xx': { perMinute: 3, excuses: false, lastsMs: lasting(1_500, 3_000) },
  'answered 503 after all was done': {
    perMinute: 3,
    excuses: false,
    lastsMs: lasting(1_500, 3_000),
  },
  'cut off in the middle': { perMinute: 3, excuses: false, lastsMs: lasting(1_500, 3_000) },
  'texts rewritten': { perMinute: 3, excuses: false, lastsMs: lasting(1_500, 4_000) },
  'lists stale': { perMinute: 2, excuses: false, lastsMs: lasting(2_000, 6_000) },
  'slowed down': { perMinute: 2, excuses: false, lastsMs: lasting(1_500, 3_000) },
} as const satisfies Record<string, FaultKind>

export type FaultKindName = keyof typeof faultKinds
export const faultKindNames = Object.keys(faultKinds) as FaultKindName[]

/** How often it has to happen in a run of that length, or the run proves nothing. */
export const minimumOf = (kind: FaultKindName, minutes: number) =>
  Math.max(1, Math.floor(faultKinds[kind].perMinute * minutes))
