import { mkdtempSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { startStack } from '../../../packages/dev-stack/src/index.ts'

/** Brings the whole system up, in processes of its own, with a double of every network. */
export default async function setUp() {
  const root = resolve(import.meta.dirname, '../../..')
  const dataDir = mkdtempSync(join(root, '.hamava', 'flows-'))
  const stack = await startStack({
    dataDir,
    networks: ['bluesky', 'mastodon', 'telegram'],
    build: false,
    quiet: !process.env.HAMAVA_TEST_LOG,
    env: { POLL_MS: '500', CADENCE_SCALE: '0.01' },
  })
  process.env.HAMAVA_FLOWS_DEV = JSON.stringify(stack.dev)
  process.env.HAMAVA_FLOWS_DATA = dataDir
  globalThis.hamavaFlows = { stack, dataDir }
}
