/**
 * Pictures of every screen for people to look at, and a few of them for the docs: on a running system (`npm start`),
 * in both languages, light and dark, wide and at the width of a phone.
 *
 *     npm run screenshots -- FOLDER
 */
import { mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { eventually } from '@hamava/service-kit/testing'

const root = resolve(import.meta.dirname, '../..')
process.env.HAMAVA_FLOWS_DEV ??= readFileSync(join(root, '.hamava/dev.json'), 'utf8')
const { api, channelOn, upload } = await import('../flows/stack/api.ts')
const { logIn, newPerson, openBrowser, words } = await import('./stack/browser.ts')
const { missedOn, newChannel, onSandbox, publishOn } = await import('./stack/trouble.ts')

const folder = resolve(process.argv[2] ?? join(root, '.hamava/screenshots'))
mkdirSync(folder, { recursive: true })

const said = [
  'کتاب تازهٔ انتشارات ما از راه رسید #کتاب_تازه',
  'Our autumn catalogue is out: https://hamava.example/autumn',
  'چهارشنبه‌ها با نویسنده‌ها؛ این هفته میزبان سیمین هستیم.',
  'پشت صحنهٔ عکاسی محصول تازه',
  'Weekend reading: three essays on typography',
  'پاسخ به پرسش‌های شما دربارهٔ ارسال رایگان',
  'یلدا نزدیک است؛ پیشنهادهای ما برای بلندترین شب سال',
]

/** A month in which something goes on. */
async function seed(): Promise<{ postId: string; publicationId: string }> {
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
  await seedTrouble()
  return first
}

/** What somebody else has to look at. */
async function seedApprovals(channelIds: readonly string[], picture: string): Promise<void> {
  await api('PUT', '/v1/approval-policy', { approval: 'other_person' })
  const targets = channelIds.slice(0, 2).map((channelId) => ({ channelId }))
  for (const [at, text] of said.slice(2, 5).entries()) {
    const due = new Date(Date.now() + (at + 2) * 30 * 3_600_000).toISOString()
    const assets = at === 1 ? [{ id: picture }] : []
    const { body } = await api<{ id: string; state: string }>('POST', '/v1/posts', {
      text,
      targets,
      assets,
      schedule: { at: due },
    })
    if (body.state === 'draft') await api('POST', `/v1/posts/${body.id}/submit`)
  }
  await api('PUT', '/v1/approval-policy', { approval: 'none' })
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

const { postId, publicationId } = await seed()
const conversationId = await seedConversations()
const screens: Record<string, string> = {
  calendar: '/calendar?view=month',
  week: '/calendar?view=week',
  list: '/calendar?view=list',
  compose: '/compose',
  edit: `/posts/${postId}`,
  approvals: '/approvals',
  attention: '/attention',
  publication: `/publications/${publicationId}`,
  conversations: `/conversations?open=${conversationId}`,
  channels: '/channels',
  connect: '/channels/connect?network=mastodon',
  settings: '/settings',
}
const browser = await openBrowser()
for (const language of ['fa', 'en'] as const) {
  for (const [theme, width] of [
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
  ] as const) {
    const { page, context } = await newPerson(browser, { language, theme, width })
    const shoot = (name: string) =>
      page.screenshot({ path: join(folder, `${name}-${language}-${theme}-${width}.png`) })
    await page.goto('/login')
    await page.getByRole('button').first().waitFor()
    await shoot('login')
    await logIn(page, language)
    // It is of the first day only; who has seen it has hidden it.
    const steps = page.getByRole('button', { name: words[language].first.hide })
    await steps.click({ timeout: 3_000 }).catch(() => undefined)
    for (const [name, address] of Object.entries(screens)) {
      await page.goto(address)
      await page.getByRole('heading', { level: 1 }).waitFor()
      if (name === 'compose') await fillComposer()
      // Pictures and previews come after the words.
      await page.waitForTimeout(700)
      await shoot(name)
    }
    await context.close()

    async function fillComposer() {
      await page.getByRole('checkbox').first().waitFor()
      for (const box of await page.locator('label:has(input[type=checkbox])').all())
        await box.click()
      await page.locator('[id="field/text"]').fill(said[language === 'fa' ? 0 : 1] ?? '')
    }
  }
}
await browser.close()
console.log(folder)
