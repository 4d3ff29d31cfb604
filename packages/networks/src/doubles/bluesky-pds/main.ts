import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { readConfig } from '../../fakes/config.ts'
import { startBlueskyPds } from './start.ts'

const { port, dataDir } = readConfig()
const installDir = resolve(import.meta.dirname, '../../../../../.hamava/doubles/bluesky-pds')
// The server's identities are lost when it ends, so its data is removed as well.
const folder = join(dataDir, String(process.pid))
await rm(dataDir, { recursive: true, force: true })
const pds = await startBlueskyPds(installDir, folder, port ? { port } : {})
const connect = await pds.createAccount('hamava.test')
process.stdout.write(`${JSON.stringify({ url: pds.url, connect, pid: process.pid })}\n`)

for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => void pds.close().then(() => process.exit(0)))
