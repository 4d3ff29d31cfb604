import { z } from 'zod'
import { diceOf, type FaultInput, Faults, faultInput } from './faults.ts'
import { type FakeReply, type Handler, jsonOf, type Served, serve } from './serve.ts'

/** A post of the connected channel as it really is on the network. */
export interface LivePost {
  id: string
  text: string
  parent: string | null
  media: { mime: string; alt: string }[]
  /** What stands beneath it in the network's own form, such as a poll or the card of a link. */
  attached?: unknown
}

/** What a person does on the network. */
export interface Written {
  text: string
  from?: string | undefined
}

/** Test controls of a fake network with one channel on it. */
export interface Controls {
  /** What to type in to connect the channel. */
  connect: Record<string, string>
  /** The same with access that may only read. Only where access has scopes. */
  weakly?: Record<string, string>
  /** All that the channel published, oldest first. */
  live(): Promise<LivePost[]>
  fault(fault: FaultInput): Promise<void>
  /** The network ends our access for good. */
  revokeTokens(): Promise<void>
  /** The access token's time is over. Only where tokens expire. */
  expireTokens?(): Promise<void>
  /** Somebody comments on a post, mentions the channel, or writes to it; the answer is the network's id of it. */
  comment(input: Written & { postId: string }): Promise<string>
  mention(input: Written): Promise<string>
  message?(input: Written): Promise<string>
}

export interface Fake extends Controls, Served {}

export interface FakeOptions {
  port?: number | undefined
  /** Which server software and configuration it imitates, if there are several. */
  mood?: string | undefined
  /** Seed of its random faults. */
  seed?: number | undefined
}

/** How a network answers when rate limits are exceeded, and when it is out of order. */
export interface Manners {
  rateLimited(waitMs: number): FakeReply
  outOfOrder(status: number): FakeReply
}

/** Applies the active faults to requests that publish. */
export const publishing =
  (faults: Faults, manners: Manners) =>
  (handle: Handler): Handler =>
  async (request) => {
    const slow = faults.meets('latency')
    if (slow) await pause(slow.ms ?? 2000)
    const cut = faults.meets('cut')
    if (cut) {
      request.cut()
      await pause(cut.ms ?? 2000)
    }
    const broken = faults.meets('5xx')
    if (broken) return manners.outOfOrder(broken.status ?? 503)
    const limited = faults.meets('429')
    if (limited) return manners.rateLimited(limited.ms ?? 3000)
    const reply = await handle(request)
    if (reply.status > 299) return reply
    if (faults.meets('drop_reply')) return { status: 0, drop: true }
    if (faults.meets('done_503')) return { status: 503, body: '<html>Service unavailable</html>' }
    if (faults.meets('bad_reply')) return { status: 200, body: '<html>Bad gateway</html>' }
    return reply
  }

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Serves a fake network, with its controls under `/__fake/`. */
export async function serveFake(
  network: Handler,
  controlsAt: (url: string) => Controls,
  options: FakeOptions,
): Promise<Fake> {
  let admin: Handler = () => ({ status: 503 })
  const served = await serve(
    (request) => (request.url.pathname.startsWith('/__fake/') ? admin(request) : network(request)),
    { port: options.port, maxBytes: () => 110_000_000 },
  )
  const controls = controlsAt(served.url)
  admin = adminOf(controls)
  return { ...controls, ...served }
}

const written = z.object({ text: z.string(), from: z.string().optional() })

function adminOf(controls: Controls): Handler {
  const actions: Record<string, (body: unknown) => Promise<unknown>> = {
    'GET /__fake/live': () => controls.live(),
    'GET /__fake/connect': async () => controls.connect,
    'POST /__fake/faults': (body) => controls.fault(faultInput.parse(body)),
    'POST /__fake/revoke': () => controls.revokeTokens(),
    'POST /__fake/expire': async () => controls.expireTokens?.(),
    'POST /__fake/comments': (body) =>
      controls.comment(written.extend({ postId: z.string() }).parse(body)),
    'POST /__fake/mentions': (body) => controls.mention(written.parse(body)),
    'POST /__fake/messages': async (body) => controls.message?.(written.parse(body)),
  }
  return async ({ method, url, body }) => {
    const action = actions[`${method} ${url.pathname}`]
    if (!action) return { status: 404, json: { actions: Object.keys(actions) } }
    try {
      return { status: 200, json: (await action(jsonOf(body))) ?? null }
    } catch (error) {
      return { status: 400, json: { error: String(error) } }
    }
  }
}

/** Faults that count by the real time. */
export const realFaults = ({ seed }: FakeOptions): Faults =>
  new Faults(Date.now, seed === undefined ? Math.random : diceOf(seed))
