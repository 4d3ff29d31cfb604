import type { QueryKey } from '@tanstack/react-query'

/** Over which the tabs of a browser and the holder of its one stream talk. */
export const feedChannel = 'hamava.feed'
/** Whoever has this lock holds the stream. */
export const feedLock = 'hamava.feed'
/** A tab has this lock as long as it is there, so that its end is noticed however it comes. */
export const tabLock = (tab: string) => `hamava.tab.${tab}`

/** What a tab says of itself. */
export interface TabSays {
  tab: string
  is: 'looked at' | 'hidden' | 'gone'
  /** Since when it may have read something. */
  since: number
}

/** What the holder says to all tabs. */
export type FeedSays =
  | { what: 'who is there?' }
  /** What is behind these keys has changed. */
  | { what: 'changed'; keys: QueryKey[] }
  /** Something may have happened that nobody was told of. */
  | { what: 'read all' }
  | { what: 'live' }
  | { what: 'unreachable' }
  | { what: 'refused' }

export const isOfTab = (said: TabSays | FeedSays): said is TabSays => 'tab' in said
