import type { CallContext } from '@hamava/contracts'
import { everyChannel, mayTouch, refuseForeign } from '@hamava/service-kit'
import type { HoldRow } from './hold.entity.ts'

type Scoped = Pick<HoldRow, 'channelId'>

/** Who is kept to some channels may stop those, and nothing wider. Throws `channel_forbidden`, `all_channels_needed`. */
export function mayHold(call: CallContext, { channelId }: Scoped): void {
  refuseForeign(call, [channelId ?? everyChannel])
}

/** Whether the caller may know of it: a hold on another channel is none of theirs, a wider one stops them, too. */
export const maySeeHold = (call: CallContext, { channelId }: Scoped): boolean =>
  mayTouch(call, channelId ? [channelId] : null)
