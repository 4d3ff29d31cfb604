import { type Handler, router, type Served, serve } from '../../fakes/serve.ts'
import { manifest } from '../index.ts'
import { Network } from './network.ts'
import { pageRoutes } from './page/routes.ts'
import { RefusedRequest } from './refused-request.ts'
import { accountRoutes } from './routes/accounts.ts'
import { adminRoutes } from './routes/admin.ts'
import { mediaRoutes } from './routes/media.ts'
import { messageRoutes } from './routes/messages.ts'
import { postRoutes } from './routes/posts.ts'

export interface SandboxOptions {
  port?: number | undefined
  host?: string | undefined
  /** Where its journal and media are kept; without one it forgets everything when it ends. */
  dataDir?: string | undefined
  now?: () => number
}

/** Starts the sandbox network in this process. */
export async function createSandbox(options: SandboxOptions = {}): Promise<Served> {
  const network = new Network(options.dataDir ?? null, options.now ?? Date.now)
  const handle = router(
    {
      ...postRoutes(network),
      ...mediaRoutes(network),
      ...messageRoutes(network),
      ...accountRoutes(network),
      ...adminRoutes(network),
      ...pageRoutes(network),
      'GET /health': () => ({ status: 200, json: { ok: true } }),
    },
    () => new RefusedRequest(404, 'not_found', 'There is nothing here.').reply,
  )
  const served = await serve(fromHere(handle), {
    port: options.port,
    host: options.host,
    maxBytes: (path) => (path === '/media' ? (manifest.media.videos?.maxBytes ?? 0) : 256_000),
    onError: (error) =>
      error instanceof RefusedRequest
        ? error.reply
        : { status: 500, json: { error: { code: 'internal', message: 'The sandbox failed.' } } },
  })
  return {
    url: served.url,
    close: async () => {
      await served.close()
      await network.close()
    },
  }
}

/** A page of another site may look, but not act: browsers say where a request comes from. */
const fromHere =
  (handle: Handler): Handler =>
  (request) => {
    const { origin, host } = request.headers
    if (request.method !== 'GET' && origin !== undefined && origin !== `http://${host}`)
      throw new RefusedRequest(
        403,
        'foreign_origin',
        'This is taken from programs and from its own page alone.',
      )
    return handle(request)
  }
