import type { CallContext } from '@hamava/contracts'
import { everyChannel, refuseForeign } from '@hamava/service-kit'
import type { HoldRow } from './hold.entity.ts'

/** Who is kept to some channels may stop those, and nothing wider. Throws `channel_forbidden`. */
export function mayHold(call: CallContext, { channelId }: Pick<HoldRow, 'channelId'>): void {
  refuseForeign(call, [channelId ?? everyChannel])
}
