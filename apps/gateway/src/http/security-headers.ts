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

const aYear = 31_536_000

/** What every answer says to browsers; the web app has a policy of its own. */
export function secureHeaders(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance()
  fastify.addHook('onRequest', async (request, reply) => {
    const isDocs = /^\/docs(?:[/?]|$)/.test(request.url)
    reply.header('content-security-policy', isDocs ? docsPolicy : apiPolicy)
    reply.header('x-content-type-options', 'nosniff')
    reply.header('referrer-policy', 'same-origin')
    // Over plain HTTP it would mean nothing; a proxy in front says that it speaks HTTPS.
    if (request.protocol === 'https') {
      reply.header('strict-transport-security', `max-age=${aYear}`)
    }
  })
}
