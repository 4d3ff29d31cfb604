import { eventually } from '@hamava/service-kit/testing'
import { api, channelOn, upload } from '../../flows/stack/api.ts'
import { asThem, somebody } from '../../flows/stack/somebody.ts'
import { missedOn, newChannel, onSandbox, publishOn } from './trouble.ts'

/** One of each to open. */
interface Busy {
  postId: string
  publicationId: string
  conversationId: string
}

interface Versioned {
  id: string
  version: number
}

/** What a publisher of books might say. */
export const said = [
  'کتاب تازهٔ انتشارات ما از راه رسید #کتاب_تازه',
  'Our autumn catalogue is out: https://hamava.example/autumn',
  'چهارشنبه‌ها با نویسنده‌ها؛ این هفته میزبان سیمین هستیم.',
  'پشت صحنهٔ عکاسی محصول تازه',
  'Weekend reading: three essays on typography',
  'پاسخ به پرسش‌های شما دربارهٔ ارسال رایگان',
  'یلدا نزدیک است؛ پیشنهادهای ما برای بلندترین شب سال',
]

/** A month in which something goes on on every screen. */
export async function aBusyMonth(): Promise<Busy> {
  const { body: channels } = await api<{ items: { id: string }[] }>('GET', '/v1/channels')
  const ids = channels.items.map(({ id }) => id)
  const picture = await upload('کوه دماوند در سپیده‌دم')
  let first = { postId: '', publicationId: '' }
  for (let at = 0; at < 24; at++) {
    const text = said[at % said.length] ?? ''
    const dueAt = new Date(Date.now() + at * 20 * 3_600_000 + 1_800_000).toISOString()
    const targets = ids.slice(0, 1 + (at % ids.length)).map((channelId) => ({ channelId }))
    const { body } = await api<{ id: string; publications: { id: string }[] }>(
      'POST',
      '/v1/posts',
      {
        text,
        targets,
        assets: at % 3 === 0 ? [{ id: picture }] : [],
        schedule: at === 0 ? { now: true } : { at: dueAt },
      },
    )
    if (at === 0) first = { postId: body.id, publicationId: body.publications[0]?.id ?? '' }
  }
  await seedApprovals(ids, picture)
  await seedDrafts(ids)
  await seedTrouble()
  return { ...first, conversationId: await seedConversations() }
}

/** What somebody else wrote and one has to look at; one of them had been approved before it was changed. */
async function seedApprovals(channelIds: readonly string[], picture: string): Promise<void> {
  await api('PUT', '/v1/approval-policy', { approval: 'other_person' })
  const targets = channelIds.slice(0, 2).map((channelId) => ({ channelId }))
  const sara = await asThem(await somebody('editor', 'سارا محمدی'))
  const versioned = (version: number) => ({ 'if-match': `"${version}"` })
  for (const [at, text] of said.slice(2, 5).entries()) {
    const due = new Date(Date.now() + (at + 2) * 30 * 3_600_000).toISOString()
    const assets = at === 1 ? [{ id: picture }] : []
    const body = { text, targets, assets, schedule: { at: due } }
    const { id, version } = (await api<Versioned>('POST', '/v1/posts', body, sara)).body
    if (at !== 2) continue
    const path = `/v1/posts/${id}`
    const approved = await api<Versioned>('POST', `${path}/approve`, {}, versioned(version))
    const edit = { text: text.replace('three essays', 'four essays') }
    await api('PATCH', path, edit, { ...sara, ...versioned(approved.body.version) })
  }
  await api('PUT', '/v1/approval-policy', { approval: 'none' })
}

/** What has no time yet. */
async function seedDrafts(channelIds: readonly string[]): Promise<void> {
  const targets = channelIds.slice(0, 1).map((channelId) => ({ channelId }))
  for (const text of said.slice(5)) await api('POST', '/v1/posts', { text, targets })
}

/** What went wrong in several ways. */
async function seedTrouble(): Promise<void> {
  const handle = `shop${Date.now()}`
  const { id } = await newChannel({ handle, name: 'فروشگاه شیراز', keyed: 'none' })
  await missedOn(id, said.slice(3, 5))
  await onSandbox('/admin/faults', { kind: 'drop_reply', handle, times: 1 })
  await publishOn(id, said[5] ?? '')
}

/** What people say to us; answers one conversation of several messages. */
async function seedConversations(): Promise<string> {
  const { handle } = await channelOn('sandbox')
  const account = handle.replace(/^@/, '')
  await onSandbox('/admin/comments', {
    handle: account,
    from: 'sara',
    text: 'چه خوب! از کجا بخرم؟',
  })
  const asked = 'When will it be back in stock? @nima_r says next week …'
  await onSandbox('/admin/messages', { handle: account, from: 'nima', text: asked })
  let open = ''
  await eventually('they are heard of', async () => {
    const { body } = await api<{ items: { id: string }[] }>('GET', '/v1/conversations?state=open')
    open = body.items[0]?.id ?? ''
    return body.items.length > 1
  })
  return open
}

/** Nothing of it waits for a person any more: whoever comes after finds an empty queue. */
export async function endBusyMonth(): Promise<void> {
  const { body } = await api<{ items: { id: string }[] }>('GET', '/v1/posts?state=in_review')
  for (const { id } of body.items) await api('POST', `/v1/posts/${id}/cancel`)
}
