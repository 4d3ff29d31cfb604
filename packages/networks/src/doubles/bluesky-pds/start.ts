import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { freePort, type Running, startProcess } from '../process.ts'
import { installBlueskyPds, nodeOf } from './install.ts'

export interface BlueskyPds extends Running {
  url: string
  /** Makes an account, such as `alice.test`, and answers with what connects it as a channel. */
  createAccount(handle: string): Promise<Record<'service' | 'handle' | 'appPassword', string>>
}

const ready = z.object({ url: z.string() })

/**
 * Starts a real Bluesky server, installing it first when it is missing. Its directory of identities
 * lives in memory alone, so `dataDir` must be a new folder every time.
 */
export async function startBlueskyPds(
  installDir: string,
  dataDir: string,
  ports: { port?: number; plcPort?: number } = {},
): Promise<BlueskyPds> {
  await installBlueskyPds(installDir)
  await mkdir(dataDir, { recursive: true })
  const port = ports.port ?? (await freePort())
  const plcPort = ports.plcPort ?? (await freePort())
  const script = fileURLToPath(new URL(`./run${extname(import.meta.url)}`, import.meta.url))
  const args = [script, installDir, dataDir, String(port), String(plcPort)]
  const {
    pid,
    close,
    ready: said,
  } = await startProcess(nodeOf(installDir), args, {
    NODE_OPTIONS: '',
    NODE_NO_WARNINGS: '1',
    LOG_ENABLED: 'false',
  })
  const { url } = ready.parse(said)
  return { pid, close, url, createAccount: (handle) => createAccount(url, handle) }
}

/** Makes an account on a Bluesky server that takes anyone. */
export async function createAccount(url: string, handle: string) {
  const password = randomBytes(12).toString('base64url')
  const reply = await fetch(`${url}/xrpc/com.atproto.server.createAccount`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ handle, email: `${handle}@mail.test`, password }),
  })
  if (!reply.ok) throw new Error(`no account ${handle} at ${url}: ${await reply.text()}`)
  return { service: url, handle, appPassword: password }
}
