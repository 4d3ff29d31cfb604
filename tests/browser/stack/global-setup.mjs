import { mkdirSync, mkdtempSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { startStack } from '../../../packages/dev-stack/src/index.ts'
import { ensureChromium } from './ensure-chromium.mjs'

/** Brings the whole system up with the sandbox network, and makes sure of a browser. */
export default async function setUp() {
  const root = resolve(import.meta.dirname, '../../..')
  process.env.HAMAVA_CHROMIUM = ensureChromium()
  mkdirSync(join(root, '.hamava'), { recursive: true })
  const dataDir = mkdtempSync(join(root, '.hamava', 'browser-'))
  const stack = await startStack({
    dataDir,
    build: false,
    quiet: !process.env.HAMAVA_TEST_LOG,
    env: { POLL_MS: '500', CADENCE_SCALE: '0.01' },
  })
  process.env.HAMAVA_FLOWS_DEV = JSON.stringify(stack.dev)
  process.env.HAMAVA_FLOWS_DATA = dataDir
  globalThis.hamavaBrowser = { stack, dataDir }
}
