import { rmSync } from 'node:fs'

export default async function tearDown() {
  const { stack, dataDir } = globalThis.hamavaFlows
  await stack.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
