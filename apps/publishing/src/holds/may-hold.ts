import type { CallContext } from '@hamava/contracts'
import { everyChannel, mayTouch, refuseForeign } from '@hamava/service-kit'
import type { HoldRow } from './hold.entity.ts'

type Scoped = Pick<HoldRow, 'channelId'>

/** A caller restricted to some channels may stop only those. Throws `channel_forbidden`, `all_channels_needed`. */
export function mayHold(call: CallContext, { channelId }: Scoped): void {
  refuseForeign(call, [channelId ?? everyChannel])
}

/** Whether the caller may see a hold: not one on a channel outside theirs, but any wider one, as it stops theirs too. */
export const maySeeHold = (call: CallContext, { channelId }: Scoped): boolean =>
  mayTouch(call, channelId ? [channelId] : null)
