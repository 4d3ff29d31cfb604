import { Agent } from 'undici'
import { type Outbound, outboundTimeoutMs } from '../outbound.ts'
import { sendOver } from '../send-over.ts'

const agent = new Agent()

/** The way out without its guard: the servers of a spec are on this machine. */
export const sendUnguarded: Outbound = async (request) =>
  sendOver(agent, new URL(request.url), request, outboundTimeoutMs)
