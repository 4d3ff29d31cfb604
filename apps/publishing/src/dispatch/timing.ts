import type { Config } from '../config.ts'

type Times = Pick<Config, 'LEASE_MS' | 'REQUEST_TIMEOUT_MS'>

/** How long a request may take, in milliseconds: it ends by then, with or without an answer. */
export const requestTimeoutMs = ({ LEASE_MS, REQUEST_TIMEOUT_MS }: Times) =>
  Math.min(REQUEST_TIMEOUT_MS, LEASE_MS / 2)

/** How long after its intent an attempt may begin requests, so that the last is over with the lease. */
export const sendWindowMs = (times: Times) => times.LEASE_MS - requestTimeoutMs(times)
