import { createSandbox } from '@hamava/networks/sandbox-server'

export interface LivePost {
  id: string
  text: string
  parent: string | null
  createdAt: string
  idempotencyKey: string | null
  media: { id: string; mime: string; alt: string }[]
}

interface AccountOptions {
  keyed?: 'key' | 'readable' | 'none'
  tokenTtlMs?: number
}

/** The sandbox network, with its switches at hand. */
export async function testNetwork() {
  const sandbox = await createSandbox()
  const read = async (path: string) => (await fetch(`${sandbox.url}${path}`)).json()
  const post = async (path: string, json: unknown) => {
    const reply = await fetch(`${sandbox.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(json),
    })
    return reply.status === 204 ? null : reply.json()
  }
  return {
    url: sandbox.url,
    close: sandbox.close,
    account: async (handle: string, options: AccountOptions = {}) =>
      (await post('/accounts', { handle, ...options })) as {
        token: string
        refreshToken: string | null
      },
    fault: (fault: object) => post('/admin/faults', fault),
    write: (handle: string, from: string) => post('/admin/messages', { handle, from }),
    clearFaults: () => fetch(`${sandbox.url}/admin/faults`, { method: 'DELETE' }),
    /** Oldest first. */
    live: async (handle: string) =>
      ((await read(`/accounts/${handle}/posts`)) as LivePost[]).toReversed(),
    messages: async (handle: string) =>
      ((await read(`/accounts/${handle}/messages`)) as (LivePost & { fromAccount: boolean })[])
        .filter(({ fromAccount }) => fromAccount)
        .toReversed(),
  }
}
export type TestNetwork = Awaited<ReturnType<typeof testNetwork>>
