import { AppError } from '@hamava/service-kit'
import type { FastifyRequest } from 'fastify'

/**
 * Refuses requests that a page of another site has a browser send, such as a login that its person did not mean. Other
 * programs send neither header. Throws `cross_site`.
 */
export function refuseCrossSite({ headers, host }: FastifyRequest, publicUrl: string): void {
  const { origin, 'sec-fetch-site': site } = headers
  // The browser sets this header; no page can.
  if (site === 'same-origin') return
  const isOther = origin !== undefined && !hosts(host, publicUrl).includes(hostOf(origin))
  if (isOther || site === 'cross-site') throw new AppError('cross_site')
}

const hosts = (host: string, publicUrl: string) => [host, hostOf(publicUrl)]

/** Empty for `null`, which is what a page without an origin says. */
const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).host : '')
