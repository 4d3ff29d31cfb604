import { randomUUID } from 'node:crypto'
import { api, dev } from './api.ts'
import { somebody } from './somebody.ts'

type Headers = Record<string, string>

/** A workspace that only one spec knows, with its owner and with somebody who may approve. */
export interface OwnWorkspace {
  owner: Headers
  approver: Headers
}

export async function ownWorkspace(name: string): Promise<OwnWorkspace> {
  const made = await api<{ id: string }>('POST', '/v1/workspaces', { name, zone: 'Asia/Tehran' })
  const workspaceId = made.body.id
  const sessionOf = async ({ email, password }: { email: string; password: string }) => {
    const login = { email, password, workspaceId }
    const { body } = await api<{ token: string }>('POST', '/v1/login', login)
    return { authorization: `Bearer ${body.token}` }
  }
  const owner = await sessionOf(dev)
  const other = await somebody('approver')
  const { email, name: called } = other
  await api('POST', '/v1/members', { email, name: called, role: 'approver' }, owner)
  return { owner, approver: await sessionOf(other) }
}

/** Makes accounts on the sandbox and connects them, some at a time. Answers the channels' ids and their handles. */
export async function sandboxChannels(
  owner: Headers,
  count: number,
): Promise<{ id: string; handle: string }[]> {
  const run = randomUUID().slice(0, 8)
  const connect = async (at: number) => {
    const handle = `wide-${run}-${at}`
    const made = await fetch(`${dev.sandboxUrl}/accounts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ handle, keyed: 'key' }),
    })
    const { token } = (await made.json()) as { token: string }
    const fields = { url: dev.sandboxUrl, token }
    const channel = { network: 'sandbox', method: 'access_token', fields }
    const { body, status } = await api<{ id: string }>('POST', '/v1/channels', channel, owner)
    if (status !== 201) throw new Error(`not connected: ${status} ${JSON.stringify(body)}`)
    return { id: body.id, handle }
  }
  const channels: { id: string; handle: string }[] = []
  const atATime = 10
  for (let from = 0; from < count; from += atATime) {
    const some = Array.from({ length: Math.min(atATime, count - from) }, (_, at) =>
      connect(from + at),
    )
    channels.push(...(await Promise.all(some)))
  }
  return channels
}
