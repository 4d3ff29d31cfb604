import { oneOf, type Random, randomOf, shuffled, wholeBetween } from './random.ts'

/** What a channel's account does with a repeated request: the classes of networks. */
export const keyings = ['key', 'late', 'readable', 'none'] as const
export type Keying = (typeof keyings)[number]

export interface PlannedChannel {
  readonly handle: string
  readonly keyed: Keying
}

export interface PlannedPost {
  /** The parts of the thread, the post itself first; no other post has these texts. */
  readonly texts: readonly string[]
  readonly withImage: boolean
  readonly channels: readonly PlannedChannel[]
  readonly dueAtMs: number
  /** When the post is written, if faults are already running; null for posts written before. */
  readonly writtenAtMs: number | null
  readonly isBurst: boolean
}

export interface PostsOptions {
  readonly seed: number
  readonly publications: number
  readonly totalMs: number
  readonly burstAtMs: number
  /** How long before its due time a post is written, if faults are already running. */
  readonly leadMs: number
}

const mostTargets = 50
/**
 * Runs of at least this many publications have wide posts, whose publications together are larger than NATS takes at
 * once.
 */
const leastForWide = 2_000
const widePosts = 2
const wideTargets = 110
const wideParts = 6
const wideLetters = 980

/**
 * As many channels as give each three or four publications due at the same second: many channels at once, not a flood
 * on one.
 */
export function planChannels(publications: number): PlannedChannel[] {
  const each = Math.min(375, Math.max(3, Math.round(publications / 27)))
  return Array.from({ length: keyings.length * each }, (_, index) => {
    const keyed = keyings[index % keyings.length] ?? 'none'
    return { handle: `chaos-${keyed}-${Math.floor(index / keyings.length) + 1}`, keyed }
  })
}

/** Half of the publications are due at the same second; the others all through the run, some written on the way. */
export function planPosts(options: PostsOptions): PlannedPost[] {
  const { seed, publications, totalMs, burstAtMs, leadMs } = options
  const random = randomOf(seed ^ 0x5eed)
  const channels = planChannels(publications)
  const inBurst = Math.floor(publications / 2)
  const most = Math.min(mostTargets, channels.length)
  const wide = publications >= leastForWide ? widePosts : 0
  const others = publications - inBurst - wide * wideTargets
  const sizes = [
    ...sizesOf(inBurst, () => most).map((size) => ({ size, isBurst: true, isWide: false })),
    ...sizesOf(others, () => wholeBetween(random, 1, Math.min(16, most))).map((size) => ({
      size,
      isBurst: false,
      isWide: false,
    })),
    ...Array.from({ length: wide }, () => ({ size: wideTargets, isBurst: false, isWide: true })),
  ]
  return sizes.map(({ size, isBurst, isWide }, index) => {
    const dueAtMs = isBurst ? burstAtMs : wholeBetween(random, 1_000, totalMs)
    const isWrittenLate = !isBurst && dueAtMs > leadMs && random() < 0.15
    return {
      texts: isWide ? wideTextsOf(seed, index) : textsOf(random, seed, index),
      withImage: random() < 0.06,
      channels: shuffled(random, channels).slice(0, size),
      dueAtMs,
      writtenAtMs: isWrittenLate ? dueAtMs - leadMs : null,
      isBurst,
    }
  })
}

function textsOf(random: Random, seed: number, index: number): string[] {
  const parts = oneOf(random, [1, 1, 1, 1, 1, 1, 1, 1, 2, 3])
  return Array.from(
    { length: parts },
    // Includes the characters that a rewriting network takes away.
    (_, part) => `- *سلام* از میان آشوب ${seed}·${index + 1} part ${part + 1} of ${parts}`,
  )
}

/** Threads of Persian letters, two bytes each. */
function wideTextsOf(seed: number, index: number): string[] {
  return Array.from({ length: wideParts }, (_, part) => {
    const mark = `پهن ${seed}·${index + 1} part ${part + 1} of ${wideParts} `
    return `${mark.padEnd(wideLetters - 1, 'سلام دنیا ')}.`
  })
}

/** Cuts a number into sizes; the last one is the remainder. */
function sizesOf(total: number, next: () => number): number[] {
  const sizes: number[] = []
  for (let left = total; left > 0; ) {
    const size = Math.min(left, next())
    sizes.push(size)
    left -= size
  }
  return sizes
}
