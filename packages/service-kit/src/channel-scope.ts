import type { CallContext } from '@hamava/contracts'
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm'
import { AppError } from './app-error.ts'

/**
 * The one rule for callers restricted to some channels. A thing lists the channels it concerns: `null` for none in
 * particular, `[everyChannel]` for all of the workspace. Callers may see and change it only if all of these channels
 * are theirs; they see it whole or not at all.
 */

/** In a list of channels: all channels, also future ones. A restricted caller never has it. */
export const everyChannel = '*'

type Kept = Pick<CallContext, 'channelIds'>

/** Whether the caller may see and change a thing that concerns these channels. */
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
 * The channels that a caller may give to a member or a key: `asked`, which must be theirs, or all of theirs if `asked`
 * is `null` (all). Throws `channel_forbidden`.
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

/** Those of `ids` that the caller may know of. */
export const knownTo = ({ channelIds: mine }: Kept, ids: readonly string[]): string[] =>
  ids.filter((id) => mine === null || mine.includes(id))

/** The channels of a query: `asked`, if it is the caller's ([] if not), else all of theirs; `null` means all. */
export function chosenChannels({ channelIds: mine }: Kept, asked?: string): string[] | null {
  return asked === undefined ? mine : knownTo({ channelIds: mine }, [asked])
}

/** Restricts the query to rows whose channel in `column` is the caller's, or null. */
export function restrictToChannels<Row extends ObjectLiteral>(
  select: SelectQueryBuilder<Row>,
  { channelIds: mine }: Kept,
  column: string,
): SelectQueryBuilder<Row> {
  if (mine === null) return select
  return select.andWhere(`(${column} is null or ${column} = any(:mine))`, { mine })
}

/** Like `restrictToChannels`, for a column or expression that is a JSON list of channels. */
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
