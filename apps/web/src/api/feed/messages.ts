import type { QueryKey } from '@tanstack/react-query'

/** The `BroadcastChannel` of the tabs and the holder of their one stream. */
export const feedChannel = 'hamava.feed'
/** Whoever has this lock holds the stream. */
export const feedLock = 'hamava.feed'
/** A tab holds this lock as long as it exists, so that the holder notices its end however it comes. */
export const tabLock = (tab: string) => `hamava.tab.${tab}`

/** What a tab says of itself. */
export interface TabSays {
  tab: string
  is: 'looked at' | 'hidden' | 'gone'
  /** The time since when the tab may have read something. */
  since: number
}

/** What the holder says to all tabs. */
export type FeedSays =
  | { what: 'who is there?' }
  /** The queries under these keys are out of date. */
  | { what: 'changed'; keys: QueryKey[] }
  /** Events may have been missed: everything is out of date. */
  | { what: 'read all' }
  | { what: 'live' }
  | { what: 'unreachable' }
  | { what: 'refused' }

export const isOfTab = (said: TabSays | FeedSays): said is TabSays => 'tab' in said
