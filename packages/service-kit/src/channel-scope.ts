import type { CallContext } from '@hamava/contracts'
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm'
import { AppError } from './app-error.ts'

/**
 * The one rule for callers who are kept to some channels. A thing names the channels it concerns: `null` when it
 * concerns none in particular, `[everyChannel]` when it concerns all of the workspace. It is theirs when all of those
 * channels are: they see it whole or not at all, and change it under the same condition.
 */

/** In a list of channels: all that there are, also those to come. Nobody who is kept to some has it. */
export const everyChannel = '*'

type Kept = Pick<CallContext, 'channelIds'>

/** Whether what concerns these channels is the caller's to see and to change. */
export function mayTouch({ channelIds: mine }: Kept, concerned: readonly string[] | null): boolean {
  return mine === null || concerned === null || concerned.every((id) => mine.includes(id))
}

/** Throws `channel_forbidden` with the first of the channels that the caller may not touch, or `all_channels_needed`. */
export function refuseForeign({ channelIds: mine }: Kept, concerned: readonly string[]): void {
  const foreign = mine && concerned.find((id) => !mine.includes(id))
  if (foreign === everyChannel) throw new AppError('all_channels_needed')
  if (foreign) throw new AppError('channel_forbidden', { channelId: foreign })
}

/**
 * The channels that a caller hands on to a member or a key: those asked for, which must be theirs; their own where all
 * were asked for. `null` stands for all. Throws `channel_forbidden`.
 */
export function handedOn(
  { channelIds: mine }: Kept,
  asked: readonly string[] | null,
): string[] | null {
  if (asked) refuseForeign({ channelIds: mine }, asked)
  return asked ? [...asked] : mine
}

/** The channels that a member, or a key, with this restriction concerns. */
export const channelsOfHolder = (channelIds: string[] | null): string[] =>
  channelIds ?? [everyChannel]

/** What of a list of channels the caller may know of. */
export const knownTo = ({ channelIds: mine }: Kept, ids: readonly string[]): string[] =>
  ids.filter((id) => mine === null || mine.includes(id))

/** The channels that a question is about: the one it names, if it is the caller's, or all of theirs; `null` is all. */
export function chosenChannels({ channelIds: mine }: Kept, asked?: string): string[] | null {
  return asked === undefined ? mine : knownTo({ channelIds: mine }, [asked])
}

/** Leaves the rows whose channel, in `column`, is the caller's; a row without one concerns none. */
export function restrictToChannels<Row extends ObjectLiteral>(
  select: SelectQueryBuilder<Row>,
  { channelIds: mine }: Kept,
  column: string,
): SelectQueryBuilder<Row> {
  if (mine === null) return select
  return select.andWhere(`(${column} is null or ${column} = any(:mine))`, { mine })
}

/** The same for a column with a JSON list of channels, or for an expression that makes one. */
export function restrictToChannelLists<Row extends ObjectLiteral>(
  select: SelectQueryBuilder<Row>,
  { channelIds: mine }: Kept,
  column: string,
): SelectQueryBuilder<Row> {
  if (mine === null) return select
  return select.andWhere(`(${column} is null or ${column} <@ :mine::jsonb)`, {
    mine: JSON.stringify(mine),
  })
}
