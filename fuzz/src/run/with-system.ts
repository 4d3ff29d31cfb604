import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { startStack } from '@hamava/dev-stack'
import { repositoryRoot } from '@hamava/dev-stack/parts'
import type { Access } from '../world/world.ts'

export interface SystemOptions {
  /** The repository whose programs run. */
  readonly root: string
  readonly build: boolean
  /** Keeps data and logs afterwards. */
  readonly keep: boolean
  readonly say: (line: string) => void
  readonly signal?: AbortSignal | undefined
}

/** Brings up a fresh system, for as long as something is done with it. */
export async function withSystem<T>(
  { root, build, keep, say, signal }: SystemOptions,
  work: (access: Access) => Promise<T>,
): Promise<T> {
  const parent = join(repositoryRoot, '.hamava')
  mkdirSync(parent, { recursive: true })
  const dataDir = mkdtempSync(join(parent, 'fuzz-'))
  say(`bringing up a system of its own; data and logs: ${dataDir}`)
  const stack = await startStack({
    root,
    dataDir,
    build,
    quiet: true,
    // Many more requests than anybody sends, from one address; and people who write are heard at once.
    env: { RATE_LIMIT_PER_MINUTE: '10000000' },
    ...(signal && { signal }),
  })
  try {
    const { gatewayUrl, sandboxUrl, email, password, apiKey } = stack.dev
    return await work({ url: gatewayUrl, sandboxUrl, email, password, apiKey })
  } finally {
    await stack.stop()
    if (!keep) rmSync(dataDir, { recursive: true, force: true })
  }
}
