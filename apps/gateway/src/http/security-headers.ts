import type { NestFastifyApplication } from '@nestjs/platform-fastify'

/** Answers of the API are for programs: nothing in them is run, shown in a frame or loaded. */
const apiPolicy = `default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`

/** The reader of the API document brings its own scripts and styles, some of these inline. */
const docsPolicy = [
  `default-src 'none'`,
  `script-src 'self'`,
  `style-src 'self' 'unsafe-inline'`,
  `img-src 'self' data:`,
  `font-src 'self' data:`,
  `connect-src 'self'`,
  `form-action 'self'`,
  `base-uri 'none'`,
  `frame-ancestors 'none'`,
].join('; ')

/** Headers of every answer. A route that allows caching sets its own `cache-control`. */
export const apiHeaders = {
  'content-security-policy': apiPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'cache-control': 'no-store',
}

const aYear = 31_536_000

/** The web app and the reader of the API document have policies of their own. */
export function secureHeaders(app: NestFastifyApplication, publicUrl: string): void {
  const isHttps = publicUrl.startsWith('https:')
  const fastify = app.getHttpAdapter().getInstance()
  fastify.addHook('onRequest', async (request, reply) => {
    reply.headers(apiHeaders)
    if (/^\/docs(?:[/?]|$)/.test(request.url)) reply.header('content-security-policy', docsPolicy)
    // Browsers ignore the header over plain HTTP.
    if (isHttps) reply.header('strict-transport-security', `max-age=${aYear}`)
  })
}
