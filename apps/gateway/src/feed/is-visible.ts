import { mayTouch } from '@hamava/service-kit'
import type { Caller } from '../http/caller.ts'
import type { FeedMark } from './feed.service.ts'

/** Whether a caller may hear of an event: one that concerns channels, only with rights to all of them. */
export const isVisible = ({ call }: Pick<Caller, 'call'>, { channelIds }: FeedMark): boolean =>
  mayTouch(call, channelIds)
