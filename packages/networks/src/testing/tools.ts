import { eventually, sendUnguarded } from '@hamava/service-kit/testing'
import type { Tools } from '../connector.ts'

export { eventually }

/** A connector's tools in specs: real requests, without the guard, to servers on this machine. */
export const tools: Tools = { send: sendUnguarded, now: () => new Date() }
