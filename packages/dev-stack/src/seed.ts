import { createHash } from 'node:crypto'

/** Accounts on the sandbox network, so that there are channels to publish to at once. */
const sandboxAccounts = [
  { handle: 'hamava', name: 'هم‌آوا' },
  { handle: 'hamava-en', name: 'Hamava' },
  { handle: 'hamava-shop', name: 'فروشگاه هم‌آوا' },
] as const

export interface ChannelToConnect {
  readonly network: string
  readonly method: string
  readonly fields: Readonly<Record<string, string>>
}

/** Makes accounts on the sandbox; an account that exists keeps its token. */
export async function makeSandboxAccounts(sandboxUrl: string): Promise<ChannelToConnect[]> {
  const channels: ChannelToConnect[] = []
  for (const account of sandboxAccounts) {
    const { token } = await post<{ token: string }>(`${sandboxUrl}/accounts`, account, {})
    channels.push({
      network: 'sandbox',
      method: 'access_token',
      fields: { url: sandboxUrl, token },
    })
  }
  return channels
}

/** Connects channels through the public API, as any other client would. Repeating it changes nothing. */
export async function connectChannels(
  gatewayUrl: string,
  apiKey: string,
  channels: readonly ChannelToConnect[],
): Promise<void> {
  for (const channel of channels) {
    const body = JSON.stringify(channel)
    const key = `seed-${createHash('sha256').update(body).digest('hex').slice(0, 32)}`
    await post(`${gatewayUrl}/v1/channels`, channel, {
      authorization: `Bearer ${apiKey}`,
      'idempotency-key': key,
    })
  }
}

async function post<T>(url: string, body: unknown, headers: Record<string, string>): Promise<T> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(30_000),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`seeding: POST ${url} answered ${response.status}: ${text}`)
  return JSON.parse(text) as T
}
