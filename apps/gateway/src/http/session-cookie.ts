import type { FastifyRequest } from 'fastify'
import '@fastify/cookie'

/** Over https a browser keeps the cookie to this very host and path, and takes it from nobody else. */
export const sessionCookies = { http: 'hamava_session', https: '__Host-hamava_session' } as const

/** The name of the cookie at an installation that is reached at `publicUrl`. */
export const sessionCookieAt = (publicUrl: string): string =>
  publicUrl.startsWith('https:') ? sessionCookies.https : sessionCookies.http

export const sessionTokenOf = (request: FastifyRequest, publicUrl: string): string | undefined =>
  request.cookies?.[sessionCookieAt(publicUrl)]
