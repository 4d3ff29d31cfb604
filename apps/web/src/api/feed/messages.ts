import type { EventType } from '../types.ts'

/** Over which the tabs of a browser and the holder of its one stream talk. */
export const feedChannel = 'hamava.feed'
/** Whoever has this lock holds the stream. */
export const feedLock = 'hamava.feed'
/** A tab has this lock as long as it is there, so that its end is noticed however it comes. */
export const tabLock = (tab: string) => `hamava.tab.${tab}`

/** A page that nobody looks at for so long leaves things be until somebody does. */
export const hiddenMs = 10_000

/** What a tab says of itself. */
export interface TabSays {
  tab: string
  is: 'looked at' | 'hidden' | 'gone'
}

/** What the holder says to all tabs. */
export type FeedSays =
  | { what: 'who is there?' }
  | { what: 'happened'; type: EventType }
  /** Something may have happened that nobody was told of. */
  | { what: 'read all' }
  | { what: 'live' }
  | { what: 'unreachable' }
  | { what: 'refused' }

export const isOfTab = (said: TabSays | FeedSays): said is TabSays => 'tab' in said
