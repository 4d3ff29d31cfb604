import { lookup } from 'node:dns/promises'
import { BlockList, isIP, isIPv6 } from 'node:net'
import type { OutboundReply, OutboundRequest } from '@hamava/contracts'
import ipaddr from 'ipaddr.js'
import { Agent } from 'undici'
import { sendOver } from './send-over.ts'

/** The time a request to a network may take from its start to the last byte of the reply. */
export const outboundTimeoutMs = 30_000

/** Concurrent connections to one host. */
const connections = 128

/** A call to an address that the guard refuses; nothing was sent. */
export class OutboundRefused extends Error {
  override name = 'OutboundRefused'
  readonly code = 'EOUTBOUNDREFUSED'
}

/** Makes a request to a network. Throws when no whole reply came; the error's code tells why. */
export type Outbound = (request: OutboundRequest) => Promise<OutboundReply>

/**
 * The one way out: timed, keep-alive, no redirects to other places unseen, and no private address
 * and no port but that of https unless its exact origin is listed in `HAMAVA_OUTBOUND_ALLOW`. The address is checked at the moment
 * of connecting, so a name that changes its answer gains nothing.
 */
export function createOutbound(allowedOrigins: string[], timeoutMs = outboundTimeoutMs): Outbound {
  const allowed = new Set(allowedOrigins.map((origin) => new URL(origin).origin))
  const open = new Agent({ connections })
  const guarded = new Agent({
    connections,
    connect: { timeout: 10_000, lookup: guardedLookup },
  })
  return async (request) => {
    const url = new URL(request.url)
    const isAllowed = allowed.has(url.origin)
    if (!isAllowed) refuseUnsafe(url)
    return sendOver(isAllowed ? open : guarded, url, request, timeoutMs)
  }
}

function refuseUnsafe(url: URL): void {
  if (url.protocol !== 'https:') {
    throw new OutboundRefused(`${url.origin} is not https; allow it by HAMAVA_OUTBOUND_ALLOW`)
  }
  if (url.port !== '') {
    throw new OutboundRefused(
      `${url.origin} has a port of its own; allow it by HAMAVA_OUTBOUND_ALLOW`,
    )
  }
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) && !isPublicAddress(host)) throw new OutboundRefused(refusal(host))
}

type LookupCallback = (error: Error | null, address: { address: string; family: number }[]) => void

function guardedLookup(hostname: string, _options: unknown, callback: LookupCallback): void {
  lookup(hostname, { all: true }).then(
    (addresses) => {
      const unsafe = addresses.find(({ address }) => !isPublicAddress(address))
      callback(unsafe ? new OutboundRefused(refusal(hostname)) : null, unsafe ? [] : addresses)
    },
    (error: Error) => callback(error, []),
  )
}

function refusal(host: string): string {
  return `${host} is a private address; allow its exact origin by HAMAVA_OUTBOUND_ALLOW`
}

/** Deprecated IPv4-compatible IPv6 addresses, by which some systems still reach the IPv4 address. */
const ipv4OfOld = new BlockList()
ipv4OfOld.addSubnet('::', 96, 'ipv6')

/** Whether an address belongs to the public internet. */
export function isPublicAddress(address: string): boolean {
  if (isIPv6(address) && ipv4OfOld.check(address, 'ipv6')) return false
  return ipaddr.process(address).range() === 'unicast'
}
