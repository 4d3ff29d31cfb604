import { join } from 'node:path'
import { repositoryRoot } from '@hamava/dev-stack/parts'

/**
 * Publishing with all of its own work (claim, intent, connector, result), but where the request would leave, the answer
 * is already there: what a job costs when carrying it out costs nothing.
 */
interface Publishing {
  create(
    config: unknown,
  ): Promise<{ app: { get(token: symbol): { fetch: typeof fetch } }; start(): Promise<void> }>
}

const dist = (file: string) => import(join(repositoryRoot, 'apps/publishing/dist', file))
const { loadConfig } = (await dist('config.js')) as { loadConfig(): unknown }
const { toolsToken } = (await dist('tokens.js')) as { toolsToken: symbol }
const { create } = (await dist('service.js')) as Publishing

const service = await create(loadConfig())
const author = { handle: 'bench', name: 'bench' }
const createdAt = new Date().toISOString()
let number = 0
service.app.get(toolsToken).fetch = async (_url, init) => {
  const { text } = JSON.parse(String(init?.body)) as { text: string }
  const id = `p${number++}`
  return Response.json(
    { id, text, author, media: [], parent: null, root: id, createdAt },
    { status: 201 },
  )
}
await service.start()
