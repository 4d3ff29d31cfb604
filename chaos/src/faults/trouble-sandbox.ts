import { setTimeout as pause } from 'node:timers/promises'
import { between, oneOf, type Random, wholeBetween } from '../random.ts'
import type { Inject } from './injected.ts'

type Trouble = (random: Random) => { kind: string; rate: number; ms?: number; status?: number }

// The sandbox records which request met which fault; what a fault touched is read from that journal.

/** The request is carried out, and the answer never comes. */
export const dropReplies = trouble((random) => ({
  kind: 'drop_reply',
  rate: between(random, 0.2, 0.7),
}))

export const answer429 = trouble((random) => ({
  kind: '429',
  rate: between(random, 0.2, 0.5),
  ms: wholeBetween(random, 1, 3) * 1_000,
}))

/** The sandbox did nothing, and says so in its own words. */
export const answer5xx = trouble((random) => ({
  kind: '5xx',
  rate: between(random, 0.2, 0.6),
  status: oneOf(random, [500, 502, 503, 503, 504]),
}))

/** The request is carried out, and a proxy answers that the server is not available. */
export const answer503 = trouble((random) => ({
  kind: 'done_503',
  rate: between(random, 0.2, 0.6),
}))

/** The connection breaks, and the request is carried out all the same: a while later. */
export const cutOff = trouble((random) => ({
  kind: 'cut',
  rate: between(random, 0.2, 0.5),
  ms: wholeBetween(random, 200, 4_000),
}))

/** The network shows other characters than were sent. */
export const rewrite = trouble((random) => ({
  kind: 'rewrite',
  rate: between(random, 0.3, 0.8),
}))

/** Within what the network promises, a list does not show new posts yet. */
export const showStaleLists = trouble((random) => ({
  kind: 'stale_list',
  rate: between(random, 0.5, 1),
  ms: wholeBetween(random, 200, 900),
}))

/** Delays up to more than a publisher's timeout: a post that it gave up appears later. */
export const slowDown = trouble((random) => ({
  kind: 'latency',
  rate: between(random, 0.1, 0.4),
  ms: wholeBetween(random, 200, 2_600),
}))

function trouble(of: Trouble): Inject {
  return async ({ stack }, random, lastsMs) => {
    const { rate, ...fault } = of(random)
    const faults = `${stack.dev.sandboxUrl}/admin/faults`
    // Chance may spare all posts, and requests by others than publishers may come first: so the next three requests for
    // posts meet the fault for certain.
    await switchOn(faults, { ...fault, path: '/posts', times: 3 })
    await switchOn(faults, { ...fault, rate, forMs: lastsMs })
    await pause(lastsMs)
    return { what: JSON.stringify({ ...fault, rate, lastsMs }), touches: [] }
  }
}

async function switchOn(url: string, fault: object): Promise<void> {
  const reply = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fault),
  })
  if (!reply.ok) throw new Error(`the sandbox refused a fault: ${await reply.text()}`)
}
