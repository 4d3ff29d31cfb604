import { type FaultKindName, faultKindNames, faultKinds, minimumOf } from './fault-kinds.ts'
import { between, type Random, randomOf } from './random.ts'

export interface PlannedFault {
  readonly kind: FaultKindName
  readonly atMs: number
  readonly lastsMs: number
  /** For choices that can only be made at that moment, such as the victim. */
  readonly seed: number
}

export interface Span {
  readonly fromMs: number
  readonly toMs: number
}

export interface Plan {
  readonly totalMs: number
  /** When half of the publications are due. */
  readonly burstAtMs: number
  readonly rough: readonly Span[]
  readonly faults: readonly PlannedFault[]
}

export interface Timing {
  readonly minutes: number
  readonly leaseMs: number
  /** How long a system may take to recover after a fault and its leases are over. */
  readonly recoveryMs: number
}

const cycleMs = 30_000
const roughShare = 0.45

/** Plans which fault comes when; depends only on the seed and the timing. */
export function planFaults(seed: number, timing: Timing): Plan {
  const random = randomOf(seed)
  const totalMs = timing.minutes * 60_000
  const cycles = Math.max(1, Math.round(totalMs / cycleMs))
  const length = totalMs / cycles
  const rough = Array.from({ length: cycles }, (_, cycle) => ({
    fromMs: cycle * length,
    toMs: (cycle + roughShare) * length,
  }))
  const burstAtMs = burstIn(rough[Math.floor((cycles - 1) / 2)], length, timing)
  const faults = faultKindNames.flatMap((kind) => planKind(kind, random, timing, rough, totalMs))
  // Somewhere in the middle of the burst a publisher dies, and the database under all of them.
  const burst = (['publisher killed', 'postgres killed'] as const).map((kind) => ({
    kind,
    atMs: burstAtMs + between(random, 10, 400),
    lastsMs: 0,
    seed: seedFrom(random),
  }))
  return {
    totalMs,
    burstAtMs,
    rough,
    faults: [...faults, ...burst].sort((a, b) => a.atMs - b.atMs),
  }
}

/** The burst comes after a rough time and all the lateness that it excuses, so that the burst is judged. */
function burstIn(rough: Span | undefined, length: number, { leaseMs, recoveryMs }: Timing): number {
  if (!rough) throw new Error('no rough time')
  const calmFrom = rough.toMs + leaseMs + recoveryMs
  const calmTo = rough.fromMs + length
  return Math.round(calmFrom + 0.4 * Math.max(0, calmTo - calmFrom))
}

function planKind(
  kind: FaultKindName,
  random: Random,
  { minutes, leaseMs }: Timing,
  rough: readonly Span[],
  totalMs: number,
): PlannedFault[] {
  const { excuses, lastsMs: range } = faultKinds[kind]
  const count = minimumOf(kind, minutes)
  const spans = excuses ? rough : [{ fromMs: 0, toMs: totalMs }]
  const longest = Math.min(...spans.map(({ fromMs, toMs }) => (toMs - fromMs) / 2))
  return Array.from({ length: count }, (_, index) => {
    const { from, to } = range(leaseMs)
    const lastsMs = Math.min(longest, Math.round(between(random, from, to)))
    // Each fault has its own share of the time, so that they come neither all at once nor at regular intervals.
    const share = (index + random()) / count
    return { kind, atMs: momentIn(spans, share, lastsMs), lastsMs, seed: seedFrom(random) }
  })
}

/** The point at this share of all spans, early enough for the fault to end within its span. */
function momentIn(spans: readonly Span[], share: number, lastsMs: number): number {
  const room = spans.map(({ fromMs, toMs }) => toMs - fromMs - lastsMs)
  let left = share * room.reduce((sum, one) => sum + one, 0)
  for (const [index, span] of spans.entries()) {
    const own = room[index] ?? 0
    if (left <= own) return Math.round(span.fromMs + left)
    left -= own
  }
  throw new Error(`there is no moment after ${share} of the time`)
}

const seedFrom = (random: Random) => Math.floor(random() * 2 ** 31)
