import { eventually, sendUnguarded } from '@hamava/service-kit/testing'
import type { Tools } from '../connector.ts'

export { eventually }

/** What a connector is given in a spec: the real way out, to servers on this machine. */
export const tools: Tools = { send: sendUnguarded, now: () => new Date() }
