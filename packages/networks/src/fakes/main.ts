import { extname } from 'node:path'
import { manifestOf, manifests } from '../rules/manifests.ts'
import { readConfig } from './config.ts'
import type { Fake, FakeOptions } from './fake.ts'

const { network, ...options } = readConfig()
if (!manifestOf(network)) {
  const known = manifests.map(({ id }) => id).join(', ')
  process.stderr.write(`There is no network ${JSON.stringify(network)}; name one of ${known}.\n`)
  process.exit(2)
}

// Every folder has its fake under the same name, so none has to be listed here.
const { createFake }: { createFake: (options: FakeOptions) => Promise<Fake> } = await import(
  new URL(`../${network}/fake${extname(import.meta.url)}`, import.meta.url).href
)
const fake = await createFake(options)
process.stdout.write(
  `${JSON.stringify({ url: fake.url, connect: fake.connect, pid: process.pid })}\n`,
)

for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => void fake.close().then(() => process.exit(0)))
