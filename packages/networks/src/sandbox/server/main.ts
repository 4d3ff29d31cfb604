import { readConfig } from './config.ts'
import { createSandbox } from './index.ts'

const sandbox = await createSandbox(readConfig())
process.stdout.write(`${JSON.stringify({ url: sandbox.url, pid: process.pid })}\n`)

for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => void sandbox.close().then(() => process.exit(0)))
