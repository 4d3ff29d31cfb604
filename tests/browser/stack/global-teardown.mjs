import { rmSync } from 'node:fs'

export default async function tearDown() {
  const { stack, dataDir } = globalThis.hamavaBrowser
  await stack.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
