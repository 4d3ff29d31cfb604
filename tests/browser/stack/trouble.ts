import { eventually } from '@hamava/service-kit/testing'
import { api, dev } from '../../flows/stack/api.ts'
import { withDatabase } from './database.ts'

/** Asks the sandbox network for something. */
export const onSandbox = async (path: string, body: object) => {
  const response = await fetch(`${dev.sandboxUrl}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return (await response.json()) as { token: string }
}

/** A channel of an account of its own on the sandbox network. */
export async function newChannel(account: { handle: string; name?: string; keyed?: 'none' }) {
  const { token } = await onSandbox('/accounts', account)
  const { body } = await api<{ id: string; name: string }>('POST', '/v1/channels', {
    network: 'sandbox',
    method: 'access_token',
    fields: { url: dev.sandboxUrl, token },
  })
  return body
}

/** Publishes at once; answers which publication it is. */
export async function publishOn(channelId: string, text: string): Promise<string> {
  const targets = [{ channelId }]
  const { body } = await api<{ publications: { id: string }[] }>('POST', '/v1/posts', {
    text,
    targets,
    schedule: { now: true },
  })
  return body.publications[0]?.id ?? ''
}

/** Posts whose time went by while their channel was stopped. */
export async function missedOn(channelId: string, texts: readonly string[]): Promise<string[]> {
  const scope = { kind: 'channel', channelId }
  const { body } = await api<{ hold: { id: string } }>('POST', '/v1/holds', {
    scope,
    reason: 'تعمیر',
  })
  const ids: string[] = []
  for (const text of texts) ids.push(await publishOn(channelId, text))
  await all(ids, 'held')
  await anHourPasses(ids)
  await api('POST', `/v1/holds/${body.hold.id}/release`)
  await all(ids, 'missed')
  return ids
}

const all = (ids: readonly string[], state: string) =>
  eventually(`all are ${state}`, async () => {
    const read = (id: string) => api<{ state: string }>('GET', `/v1/publications/${id}`)
    return (await Promise.all(ids.map(read))).every(({ body }) => body.state === state)
  })

/** A post that its network refused for its text, as one does whose rules have changed since it was written. */
export async function refusedOn(channelId: string, text: string): Promise<string> {
  const scope = { kind: 'channel', channelId }
  const { body } = await api<{ hold: { id: string } }>('POST', '/v1/holds', {
    scope,
    reason: 'تعمیر',
  })
  const id = await publishOn(channelId, text)
  await all([id], 'held')
  const reason = {
    code: 'text_too_long',
    message: { fa: 'متن برای شبکهٔ آزمایشی بلند است.', en: 'The text is too long.' },
    fix: { fa: 'برای این کانال کوتاه‌ترش کنید.', en: 'Shorten it for this channel.' },
  }
  await inPublishing(
    `update publications set state = 'failed', hold_id = null, reason = $2 where id = $1`,
    [id, JSON.stringify(reason)],
  )
  await api('POST', `/v1/holds/${body.hold.id}/release`)
  return id
}

/** A post whose plan never arrived on one of its channels, and is due; answers which publication it is. */
export async function missingOn(
  channelId: string,
  text: string,
  otherId: string,
): Promise<{ postId: string; id: string }> {
  const targets = [{ channelId }, { channelId: otherId }]
  const at = new Date(Date.now() + 3_600_000).toISOString()
  const { body } = await api<{ id: string; publications: { id: string; channelId: string }[] }>(
    'POST',
    '/v1/posts',
    { text, targets, schedule: { at } },
  )
  const id = body.publications.find((one) => one.channelId === channelId)?.id ?? ''
  await all([id], 'planned')
  await withDatabase(async (client) => {
    await eventually('content has heard that publishing knows of it', async () => {
      const heard = 'select 1 from content.post_publications where id = $1 and revision > 0'
      return (await client.query(heard, [id])).rowCount === 1
    })
    await client.query('delete from publishing.publications where id = $1', [id])
    await client.query(
      `update content.post_publications set revision = 0, due_at = now() - interval '2 minutes' where id = $1`,
      [id],
    )
  })
  await eventually(
    'it is missing',
    async () => {
      const missing = await api<{ items: { id: string }[] }>('GET', '/v1/publications/missing')
      return missing.body.items.some((one) => one.id === id)
    },
    30_000,
  )
  return { postId: body.id, id }
}

const anHourPasses = (ids: readonly string[]) =>
  inPublishing(`update publications set due_at = due_at - interval '1 hour' where id = any($1)`, [
    ids,
  ])

/** As if it had happened to publishing. */
export const inPublishing = (statement: string, values: unknown[]) =>
  withDatabase(async (client) => {
    await client.query('set search_path to publishing')
    await client.query(statement, values)
  })
