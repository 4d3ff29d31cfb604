import { send } from '../sending/send.ts'
import { must, textOf } from './api.ts'
import type { Caller } from './caller.ts'
import { imageForm } from './image-form.ts'
import type { Access } from './world.ts'

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()

/** Posts in every state, pictures, holds and conversations, on each channel by itself and on all of them. */
export async function fillWorkspace(
  access: Access,
  owner: Caller,
  channelIds: readonly string[],
  handles: readonly string[],
): Promise<void> {
  const make = (path: string, input: object) => must(access.url, owner, 'POST', path, input)
  for (const alt of ['کوه', 'a hill']) await upload(access, owner, alt)
  const groups = [...channelIds.map((id) => [id]), [...channelIds]]
  for (const [at, group] of groups.entries()) {
    const targets = group.map((channelId) => ({ channelId }))
    await make('/v1/posts', { text: `پیش‌نویس ${at}`, targets, campaignId: 'fuzz' })
    await make('/v1/posts', { text: `later ${at}`, targets, schedule: { at: inDays(30 + at) } })
    await make('/v1/posts', { text: `now ${at}`, targets, schedule: { now: true } })
    const edited = await make('/v1/posts', { text: `before ${at}`, targets })
    await must(
      access.url,
      owner,
      'PATCH',
      `/v1/posts/${textOf(edited, 'id')}`,
      { text: 'after' },
      {
        'if-match': '*',
      },
    ).catch(() => undefined)
  }
  const until = inDays(60)
  for (const channelId of channelIds.slice(1)) {
    const scope = { kind: 'channel', channelId }
    await make('/v1/holds', { scope, reason: 'a pause', until })
  }
  await make('/v1/holds', {
    scope: { kind: 'campaign', campaignId: 'elsewhere' },
    reason: 'a pause',
  })
  if (!access.sandboxUrl) return
  for (const handle of handles) {
    await must(access.sandboxUrl, { headers: {} }, 'POST', '/admin/messages', {
      handle,
      from: 'mina',
      text: 'سلام، یک پرسش دارم',
    })
  }
}

async function upload({ url }: Access, owner: Caller, alt: string): Promise<void> {
  const { contentType, body } = imageForm(alt)
  const headers = [...Object.entries(owner.headers), ['content-type', contentType] as const]
  const answer = await send(url, { method: 'POST', path: '/v1/assets', headers, body })
  if (answer.status !== 201) throw new Error(`an upload answered ${answer.status}: ${answer.text}`)
}
