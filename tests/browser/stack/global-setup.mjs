import { bringUp } from '../../flows/stack/bring-up.mjs'
import { ensureChromium } from './ensure-chromium.mjs'

/** The whole system with the sandbox network and one that people log in at, and a browser. */
export default async function setUp() {
  process.env.HAMAVA_CHROMIUM = ensureChromium()
  await bringUp('browser', ['mastodon'])
}
