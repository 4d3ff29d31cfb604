import { bringUp } from './bring-up.mjs'

/** The whole system with a double of every network. */
export default () => bringUp('flows', ['bluesky', 'mastodon', 'telegram'])
