import { textLength, withLimits } from '@hamava/networks/rules'
import type { Channel, Network } from '../../../api/types.ts'

/** How much of a network's room a text takes. */
export interface CharacterLimit {
  network: Network
  length: number
  max: number
}

/**
 * The limits of the networks that take a text, the tightest first. With media the text is a caption, whose limit may be
 * lower.
 */
export function characterLimitsOf(
  text: string,
  hasMedia: boolean,
  channels: readonly Pick<Channel, 'network' | 'limits'>[],
  networks: readonly Network[],
): CharacterLimit[] {
  const rooms = networks.map((known) => {
    const own = channels.filter(({ network }) => network === known.id)
    return own
      .map(({ limits }) => characterLimitOf(text, hasMedia, withLimits(known, limits)))
      .toSorted(tightest)
  })
  return rooms.flatMap(([first]) => first ?? []).toSorted(tightest)
}

const characterLimitOf = (text: string, hasMedia: boolean, network: Network): CharacterLimit => ({
  network,
  length: textLength(text, network),
  max: maxOf(network, hasMedia),
})

const tightest = (one: CharacterLimit, other: CharacterLimit) =>
  other.length / other.max - one.length / one.max

const maxOf = ({ text: { max, captionMax } }: Network, hasMedia: boolean): number =>
  hasMedia ? (captionMax ?? max) : max

/** How much of a text fits on all networks; the rest is marked. */
export function fittingLength(text: string, rooms: readonly CharacterLimit[]): number {
  return Math.min(text.length, ...rooms.map((room) => fittingIn(text, room)))
}

function fittingIn(text: string, { network, length, max }: CharacterLimit): number {
  if (length <= max) return text.length
  // Finds the longest beginning that fits by bisection, without cutting a character in half.
  const ends: number[] = [0]
  for (const letter of text) ends.push((ends.at(-1) ?? 0) + letter.length)
  let [fits, over] = [0, ends.length - 1]
  while (over - fits > 1) {
    const middle = (fits + over) >> 1
    if (textLength(text.slice(0, ends[middle]), network) <= max) fits = middle
    else over = middle
  }
  return ends[fits] ?? 0
}
