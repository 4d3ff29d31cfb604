import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { endLeftOver, startStack } from '../../../packages/dev-stack/src/index.ts'

/**
 * Brings the whole system up, in processes of its own, for tests: they find it by `HAMAVA_FLOWS_*`.
 *
 * @param {string} name what its data is called
 * @param {string[]} networks doubles of networks besides the sandbox
 * @param {Record<string, string>} env settings of the services; what comes back is asked for often unless they say otherwise
 */
export async function bringUp(
  name,
  networks = [],
  env = { POLL_MS: '500', CADENCE_SCALE: '0.01' },
) {
  const root = resolve(import.meta.dirname, '../../..')
  const folder = join(root, '.hamava')
  mkdirSync(folder, { recursive: true })
  await endLeftOver(folder, `${name}-`)
  const dataDir = mkdtempSync(join(folder, `${name}-`))
  const stack = await startStack({
    dataDir,
    networks,
    build: false,
    quiet: !process.env.HAMAVA_TEST_LOG,
    env,
  })
  process.env.HAMAVA_FLOWS_DEV = JSON.stringify(stack.dev)
  process.env.HAMAVA_FLOWS_DATA = dataDir
  globalThis.hamavaStack = { stack, dataDir }
}

/** Ends it and removes its data. */
export async function takeDown() {
  const { stack, dataDir } = globalThis.hamavaStack
  await stack.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
