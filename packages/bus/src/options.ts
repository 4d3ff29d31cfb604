import type { EventContract, Owner } from '@hamava/contracts'

/** How one service stands on the wire. */
export interface BusOptions {
  service: Owner
  /** Servers separated by commas; user and password may stand in the first. */
  natsUrl: string
  /** The events it handles, one `@OnEvent` method each; the boot fails when they do not match. */
  consumes: EventContract[]
  /** Deliveries of one event before it goes to the dead letters. */
  maxDeliveries?: number
  /** Wait before the n-th redelivery, in milliseconds; the last one repeats. */
  redeliverAfterMs?: number[]
  /** How long a handler may take before the event is delivered again. */
  ackWaitMs?: number
}

export const busOptionsToken = Symbol('BusOptions')

/** Where the answers to a service come; nobody else may listen there. */
export const inboxPrefixOf = (service: Owner): string => `_INBOX_${service}`

/** The connection options that a URL list stands for. */
export function connectOptions(natsUrl: string, service: Owner) {
  const urls = natsUrl.split(',').map((part) => new URL(part.trim()))
  const first = urls[0]
  return {
    servers: urls.map((url) => url.host),
    ...(first?.username && {
      user: decodeURIComponent(first.username),
      pass: decodeURIComponent(first.password),
    }),
    inboxPrefix: inboxPrefixOf(service),
    waitOnFirstConnect: true,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    reconnectJitter: 250,
    pingInterval: 10_000,
    name: service,
  }
}
