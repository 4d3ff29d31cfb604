import staticFiles from '@fastify/static'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'

/** The web app brings everything itself and talks to nobody but us. */
const policy = [
  `default-src 'none'`,
  `script-src 'self'`,
  `worker-src 'self'`,
  `style-src 'self'`,
  `img-src 'self' data: blob:`,
  `media-src 'self' blob:`,
  `font-src 'self'`,
  `connect-src 'self'`,
  `manifest-src 'self'`,
  `form-action 'self'`,
  `base-uri 'none'`,
  `frame-ancestors 'none'`,
].join('; ')

/** Files whose names carry the hash of their content never change; the page itself may at any time. */
const forEver = 'public, max-age=31536000, immutable'

/** Serves the built web app: its files, and its page at every address that is one of its screens. */
export async function serveWebApp(app: NestFastifyApplication, root: string): Promise<void> {
  await app.register(staticFiles, {
    root,
    wildcard: false,
    cacheControl: false,
    preCompressed: true,
    setHeaders: (reply, path) => {
      reply.header('content-security-policy', policy)
      reply.header('cache-control', path.includes('/assets/') ? forEver : 'no-cache')
    },
  })
  const fastify = app.getHttpAdapter().getInstance()
  for (const address of screens) {
    fastify.get(address, (_request, reply) => reply.sendFile('index.html'))
  }
}

/** The addresses of screens; what is none of them is not found, as everywhere. */
const screens = [
  '/login',
  '/calendar',
  '/compose',
  '/posts/:id',
  '/approvals',
  '/attention',
  '/publications/:id',
  '/conversations',
  '/channels',
  '/channels/connect',
  '/connected',
  '/settings',
]
