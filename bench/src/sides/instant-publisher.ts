import { join } from 'node:path'
import { repositoryRoot } from '@hamava/dev-stack/parts'
import type { Tools } from '@hamava/networks'

/**
 * Publishing with all of its own work (claim, intent, connector, result), but with an instant answer in place of the
 * network: the cost of a job without its request.
 */
interface Publishing {
  create(
    config: unknown,
  ): Promise<{ app: { get(token: symbol): Pick<Tools, 'send'> }; start(): Promise<void> }>
}

const dist = (file: string) => import(join(repositoryRoot, 'apps/publishing/dist', file))
const { loadConfig } = (await dist('config.js')) as { loadConfig(): unknown }
const { toolsToken } = (await dist('tokens.js')) as { toolsToken: symbol }
const { create } = (await dist('service.js')) as Publishing

const service = await create(loadConfig())
const author = { handle: 'bench', name: 'bench' }
const createdAt = new Date().toISOString()
let number = 0
service.app.get(toolsToken).send = async ({ body }) => {
  const { text } = JSON.parse(String(body)) as { text: string }
  const id = `p${number++}`
  const post = { id, text, author, media: [], parent: null, root: id, createdAt }
  return { status: 201, headers: {}, text: JSON.stringify(post) }
}
await service.start()
