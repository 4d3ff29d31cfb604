import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startStack } from '@hamava/dev-stack'

/**
 * Publishes the same posts through the whole product and by a bare loop of requests, interleaved in one
 * run, and prints the ratio beside the lateness. Absolute times are the machine's affair.
 */
const rounds = 5
const posts = 50
const aheadMs = 12_000

const folder = mkdtempSync(join(tmpdir(), 'hamava-bench-'))
const stack = await startStack({ dataDir: folder, quiet: true })
const { gatewayUrl, sandboxUrl, apiKey } = stack.dev
try {
  const channels = (await get<{ items: { id: string }[] }>('/v1/channels')).items
  const results: { bare: number; ratio: number; perSecond: number; p50: number; p99: number }[] = []
  for (let round = 0; round < rounds; round++) {
    const bare = await publishBare(channels.length * posts, round)
    const product = await publishThroughProduct(channels.map((one) => one.id))
    results.push({ bare, ...product, ratio: product.perSecond / bare })
  }
  const median = (pick: (one: (typeof results)[number]) => number) =>
    results.map(pick).sort((a, b) => a - b)[Math.floor(rounds / 2)]
  const summary = {
    publications: channels.length * posts,
    rounds,
    ratioToBareRequests: median((one) => one.ratio)?.toFixed(3),
    latenessMs: { p50: median((one) => one.p50), p99: median((one) => one.p99) },
  }
  process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`)
} finally {
  await stack.stop()
  rmSync(folder, { recursive: true, force: true })
}

/** All due at one instant; publications per second from then to the last that is live. */
async function publishThroughProduct(channelIds: string[]) {
  const due = Date.now() + aheadMs
  const made: { publications: { id: string }[] }[] = []
  for (let i = 0; i < posts; i++) {
    made.push(
      await call('/v1/posts', {
        text: `سنجش ${due} ${i}`,
        targets: channelIds.map((channelId) => ({ channelId })),
        schedule: { at: new Date(due).toISOString() },
      }),
    )
  }
  if (Date.now() > due)
    throw new Error('writing the posts took longer than they were scheduled ahead')
  const done = await Promise.all(
    made.flatMap((post) => post.publications).map(({ id }) => live(id)),
  )
  const lateness = done.map((one) => one.latenessMs).sort((a, b) => a - b)
  const last = Math.max(...done.map((one) => Date.parse(one.publishedAt)))
  return {
    perSecond: done.length / ((last - due) / 1000),
    p50: lateness[Math.floor(done.length * 0.5)] ?? 0,
    p99: lateness[Math.floor(done.length * 0.99)] ?? 0,
  }
}

interface Live {
  state: string
  latenessMs: number
  publishedAt: string
}

async function live(id: string): Promise<Live> {
  for (;;) {
    const publication = await get<Live>(`/v1/publications/${id}`)
    if (publication.state === 'published') return publication
    await new Promise((resolve) => setTimeout(resolve, 1_000))
  }
}

/** The floor: the same number of posts by 64 loops of bare requests. */
async function publishBare(count: number, round: number): Promise<number> {
  const made = await request(`${sandboxUrl}/accounts`, { handle: `bare-${round}` }, {})
  const { token } = made as { token: string }
  const started = performance.now()
  let next = 0
  const loop = async () => {
    while (next < count) {
      const text = `سنجش ${round} ${next++}`
      await request(`${sandboxUrl}/posts`, { text }, { authorization: `Bearer ${token}` })
    }
  }
  await Promise.all(Array.from({ length: 64 }, loop))
  return count / ((performance.now() - started) / 1000)
}

async function get<T>(path: string): Promise<T> {
  const response = await fetch(`${gatewayUrl}${path}`, {
    headers: { authorization: `Bearer ${apiKey}` },
  })
  return (await response.json()) as T
}

async function call<T>(path: string, body: unknown): Promise<T> {
  const headers = {
    authorization: `Bearer ${apiKey}`,
    'idempotency-key': crypto.randomUUID(),
  }
  return (await request(`${gatewayUrl}${path}`, body, headers)) as T
}

async function request(url: string, body: unknown, headers: Record<string, string>) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
  return response.json()
}
