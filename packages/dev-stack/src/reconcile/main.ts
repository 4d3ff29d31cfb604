import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Reconciliation } from '@hamava/contracts'
import { readDevFile } from '../dev-file.ts'
import { repositoryRoot } from '../stack-options.ts'
import { describe } from './describe.ts'

/** `npm run reconcile`: asks an installation to compare its ledger with the networks, and shows the result. */
const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    key: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    channel: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})

const dev = readDevFile(join(repositoryRoot, '.hamava'))
const url = values.url ?? process.env.HAMAVA_URL ?? dev?.gatewayUrl
const key = values.key ?? process.env.HAMAVA_API_KEY ?? dev?.apiKey
if (!url || !key) {
  process.stderr.write(
    'Say where Hamava is and with which API key to ask: --url … --key …, or HAMAVA_URL and HAMAVA_API_KEY.\n' +
      'With `npm start` running here, neither is needed.\n',
  )
  process.exit(2)
}

const query = new URLSearchParams()
for (const [name, value] of [
  ['from', values.from],
  ['to', values.to],
  ['channelId', values.channel],
] as const) {
  if (value) query.set(name, value)
}
const response = await fetch(`${url}/v1/reconciliation?${query}`, {
  headers: { authorization: `Bearer ${key}` },
}).catch((error: unknown) => {
  process.stderr.write(`${url} does not answer: ${String(error)}\n`)
  process.exit(2)
})
if (!response.ok) {
  process.stderr.write(`${url} refused (${response.status}): ${await response.text()}\n`)
  process.exit(2)
}
const report = (await response.json()) as Reconciliation
process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : describe(report))
const wrong = report.duplicates.length + report.lost.length + report.falsePublished.length
// An incomplete reconciliation proves nothing.
process.exitCode = wrong === 0 && report.isComplete ? 0 : 1
