import { CannotStartError } from './cannot-start.error.ts'
import { readStackOptions } from './stack-options.ts'
import { type Stack, startStack } from './start-stack.ts'

const options = readStackOptions(process.argv.slice(2), process.env)
if ('problem' in options) {
  console.error(
    `${options.problem}\nusage: npm start -- [--publishers N] [--networks bluesky,mastodon]`,
  )
  process.exit(2)
}

const begunAt = performance.now()
const stopping = new AbortController()
let stack: Stack | undefined
let isEnding = false

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end)
// The IPC channel closes when the parent is killed: then nobody else would stop this process.
process.on('disconnect', end)
// Write errors to a closed terminal must not stop the shutdown.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

try {
  console.log('Starting Hamava')
  stack = await startStack({ ...options, signal: stopping.signal })
  if (isEnding) await stack.stop()
  else sayWhere(stack)
} catch (error) {
  if (isEnding) process.exit(130)
  if (error instanceof CannotStartError) console.error(`\n${error.message}\n\n  ${error.fix}\n`)
  else console.error(`\nHamava could not start: ${(error as Error).message}\n`)
  process.exit(1)
}

async function end(): Promise<void> {
  if (isEnding) return
  isEnding = true
  console.log('\nStopping …')
  stopping.abort(new Error('stopped'))
  if (!stack) return
  await stack.stop()
  console.log('Stopped. The data is kept; npm start goes on with it.')
  process.exit(0)
}

function sayWhere({ dev }: Stack): void {
  const seconds = ((performance.now() - begunAt) / 1000).toFixed(1)
  console.log(`
Hamava is up (${seconds} s)

  Web app    ${dev.webUrl}
  Log in     ${dev.email}   ${dev.password}
  API        ${dev.gatewayUrl}/v1
  API key    ${dev.apiKey}
  Sandbox    ${dev.sandboxUrl}   (the network that the demo publishes to)
  Logs       ${options && 'dataDir' in options ? options.dataDir : ''}/logs

Ctrl-C stops everything; the data stays.`)
}
