import { holdFeed } from './hold-feed.ts'

/** A shared worker: runs once for all tabs, and ends with the last of them. */
holdFeed()
