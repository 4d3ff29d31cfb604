import { holdFeed } from './hold-feed.ts'

/** Runs once for all tabs, and ends with the last of them. */
holdFeed()
