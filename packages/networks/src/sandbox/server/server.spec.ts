import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventually } from '@hamava/service-kit/testing'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Served } from '../../fakes/serve.ts'
import { tools } from '../../testing/tools.ts'
import { sandbox as connector } from '../connector.ts'
import { createSandbox } from './index.ts'

interface Created {
  token: string
  id: string
}

const client = (url: string) => ({
  post: async (path: string, json: unknown, headers: Record<string, string> = {}) => {
    const reply = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(json),
    })
    const text = await reply.text()
    const body: Created & { error?: { code: string } } = text ? JSON.parse(text) : {}
    return { status: reply.status, headers: reply.headers, body }
  },
  live: async (handle: string): Promise<{ id: string; text: string; idempotencyKey: string }[]> => {
    const reply = await fetch(`${url}/accounts/${handle}/posts`)
    return JSON.parse(await reply.text())
  },
})

describe('the sandbox server', () => {
  let dataDir: string
  let sandbox: Served
  let http: ReturnType<typeof client>

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'sandbox-'))
    sandbox = await createSandbox({ dataDir })
    http = client(sandbox.url)
  })
  afterEach(async () => {
    await sandbox.close()
    await rm(dataDir, { recursive: true })
  })

  const account = async (facts: object = {}) => {
    const { body } = await http.post('/accounts', { handle: 'hamava', name: 'هم‌آوا', ...facts })
    return { authorization: `Bearer ${body.token}` }
  }

  it('honours keys, or only lets read back, or neither, as the account says', async () => {
    const twice = async (keyed: string) => {
      const access = { ...(await account({ handle: keyed, keyed })), 'idempotency-key': 'k' }
      const first = await http.post('/posts', { text: 'a' }, access)
      const second = await http.post('/posts', { text: 'a' }, access)
      const own = await fetch(`${sandbox.url}/posts`, { headers: access })
      return [first.body.id === second.body.id, second.status, own.status]
    }
    expect(await twice('key')).toEqual([true, 200, 200])
    expect(await twice('readable')).toEqual([false, 201, 200])
    expect(await twice('none')).toEqual([false, 201, 403])
    expect(await http.live('none')).toMatchObject([
      { idempotencyKey: 'k' },
      { idempotencyKey: 'k' },
    ])
  })

  it('refuses another post under a used key', async () => {
    const access = { ...(await account()), 'idempotency-key': 'k' }
    await http.post('/posts', { text: 'a' }, access)
    const { status, body } = await http.post('/posts', { text: 'b' }, access)
    expect([status, body.error?.code]).toEqual([422, 'idempotency_key_reused'])
  })

  it('still has everything after it was killed in the middle of a line', async () => {
    const access = await account()
    for (const text of ['یک', 'دو']) await http.post('/posts', { text }, access)
    await sandbox.close()
    await appendFile(join(dataDir, 'journal.jsonl'), '{"t":"post","post":{"id":"p_half')
    sandbox = await createSandbox({ dataDir })
    http = client(sandbox.url)
    expect((await http.live('hamava')).map(({ text }) => text)).toEqual(['دو', 'یک'])
    expect((await http.post('/posts', { text: 'سه' }, access)).status).toBe(201)
    await sandbox.close()
    sandbox = await createSandbox({ dataDir })
    expect(await client(sandbox.url).live('hamava')).toHaveLength(3)
  })

  it('accepts nothing that a kill can take back', async () => {
    const main = join(import.meta.dirname, 'main.ts')
    const env = { ...process.env, PORT: '0', HAMAVA_DATA_DIR: join(dataDir, 'own') }
    const child = spawn(process.execPath, ['--conditions=source', main], { env, stdio: 'pipe' })
    const [line] = await once(child.stdout, 'data')
    const own = client(JSON.parse(String(line)).url)
    const { body } = await own.post('/accounts', { handle: 'hamava' })
    const access = { authorization: `Bearer ${body.token}` }
    const accepted: string[] = []
    let isAlive = true
    const flood = Array.from({ length: 16 }, async () => {
      while (isAlive) {
        const reply = await own.post('/posts', { text: 'hi' }, access).catch(() => null)
        if (reply?.status === 201) accepted.push(reply.body.id)
      }
    })
    await eventually('many are accepted', () => accepted.length > 50)
    child.kill('SIGKILL')
    isAlive = false
    await Promise.all([once(child, 'exit'), ...flood])
    const again = await createSandbox({ dataDir: join(dataDir, 'own') })
    const live = new Set((await client(again.url).live('hamava')).map(({ id }) => id))
    await again.close()
    expect(accepted.length).toBeGreaterThan(50)
    expect(accepted.filter((id) => !live.has(id))).toEqual([])
  })

  it('says how much may still be sent, and when again', async () => {
    const access = await account({ rateLimit: { limit: 2, windowMs: 60_000 } })
    const send = () => http.post('/posts', { text: 'a' }, access)
    expect((await send()).headers.get('ratelimit-remaining')).toBe('1')
    await send()
    const third = await send()
    expect([third.status, third.headers.get('retry-after')]).toEqual([429, '60'])
    expect(await http.live('hamava')).toHaveLength(2)
  })

  it('takes the revoked back with a new token, and keeps what a reset must keep', async () => {
    const before = await account()
    await http.post('/admin/faults', { kind: 'revoke_tokens' })
    expect((await http.post('/posts', { text: 'a' }, before)).status).toBe(401)
    const after = await account()
    const first = await http.post('/posts', { text: 'a' }, after)
    expect(first.status).toBe(201)
    await http.post('/admin/reset', {})
    expect(await http.live('hamava')).toEqual([])
    const second = await http.post('/posts', { text: 'a' }, await account())
    expect(second.body.id).not.toBe(first.body.id)
  })

  it('delivers signed webhooks, again when they were not taken', async () => {
    const received: { headers: Record<string, string>; body: Buffer }[] = []
    const receiver = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const headers = Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
        )
        received.push({ headers, body: Buffer.concat(chunks) })
        response.writeHead(received.length === 1 ? 500 : 204).end()
      })
    }).listen(0, '127.0.0.1')
    await once(receiver, 'listening')
    const { port } = receiver.address() as AddressInfo

    const secret = 'a-long-secret'
    const { body } = await http.post('/accounts', { handle: 'hamava' })
    const fields = { url: sandbox.url, token: body.token }
    const { credentials } = await connector.connect.verify(fields, tools)
    const webhook = connector.listen?.webhook
    await webhook?.register(credentials, { url: `http://127.0.0.1:${port}/in`, secret }, tools)
    await http.post('/admin/messages', { handle: 'hamava', text: 'سلام' })
    const deadline = Date.now() + 5000
    while (received.length < 2 && Date.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 20))
    receiver.closeAllConnections()
    receiver.close()

    const [, delivered] = received
    if (!delivered) throw new Error('was not delivered again')
    const items = webhook?.parse(credentials, { ...delivered, secret })
    expect(items).toMatchObject([{ kind: 'direct', text: 'سلام' }])
    expect(webhook?.parse(credentials, { ...delivered, secret: 'another' })).toBeNull()
  })

  it('shows what is live, and lets nothing that was written act in the page', async () => {
    const access = await account({ name: '<b>"evil"</b>' })
    await http.post('/posts', { text: '<script>alert(1)</script> سلام' }, access)
    const reply = await fetch(sandbox.url)
    const page = await reply.text()
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt; سلام')
    expect(page).not.toContain('<b>"evil"')
    expect(reply.headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  it('takes forms from its own page alone', async () => {
    const access = await account()
    const { body } = await http.post('/posts', { text: 'a' }, access)
    const comment = (origin: string) =>
      fetch(`${sandbox.url}/form/comment`, {
        method: 'POST',
        redirect: 'manual',
        headers: { origin },
        body: new URLSearchParams({ postId: body.id, from: 'Sara', text: 'چه خوب' }),
      })
    expect((await comment('https://evil.example')).status).toBe(403)
    expect((await comment(sandbox.url)).status).toBe(303)
    const comments = await fetch(`${sandbox.url}/posts/${body.id}/comments`)
    expect(await comments.json()).toMatchObject({ items: [{ author: { handle: 'sara' } }] })
  })

  it('bounds what it takes', async () => {
    const access = await account()
    const sent = await Promise.all([
      http.post('/posts', { text: 'a'.repeat(1001) }, access),
      http.post('/posts', { text: 'a'.repeat(300_000) }, access).catch(() => ({ status: 413 })),
      http.post('/accounts', { handle: '../etc' }),
      fetch(`${sandbox.url}/media`, { method: 'POST', headers: access, body: 'not an image' }),
    ])
    expect(sent.map(({ status }) => status)).toEqual([422, 413, 422, 415])
  })

  it('keeps its journal in lines that a person can read', async () => {
    const access = await account()
    await http.post('/posts', { text: 'سلام' }, access)
    const lines = (await readFile(join(dataDir, 'journal.jsonl'), 'utf8')).trim().split('\n')
    expect(lines.map((line) => JSON.parse(line).t)).toEqual(['begin', 'account', 'token', 'post'])
  })

  it('writes down which request met which fault', async () => {
    const access = { ...(await account()), 'idempotency-key': 'pub_1-0' }
    await http.post('/admin/faults', { kind: '429', times: 1, ms: 3000 })
    expect((await http.post('/posts', { text: 'a' }, access)).status).toBe(429)
    await http.post('/posts', { text: 'a' }, access)
    const lines = (await readFile(join(dataDir, 'journal.jsonl'), 'utf8')).trim().split('\n')
    expect(lines.slice(-2).map((line) => JSON.parse(line))).toMatchObject([
      {
        t: 'fault',
        fault: { kind: '429', request: 'POST /posts', idempotencyKey: 'pub_1-0', waitMs: 3000 },
      },
      { t: 'post' },
    ])
  })

  it('keeps a fault for the requests to one path', async () => {
    const access = await account()
    await http.post('/admin/faults', { kind: '429', times: 1, path: '/posts' })
    const asked = await fetch(`${sandbox.url}/me`, { headers: access })
    expect(asked.status).toBe(200)
    expect((await http.post('/posts', { text: 'a' }, access)).status).toBe(429)
    expect((await http.post('/posts', { text: 'a' }, access)).status).toBe(201)
  })
})
