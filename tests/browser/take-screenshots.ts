/**
 * Pictures of every screen for people to look at, and a few of them for the docs: on a running system (`npm start`),
 * in both languages, light and dark, wide and at the width of a phone.
 *
 *     npm run screenshots -- FOLDER
 */
import { mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')
process.env.HAMAVA_FLOWS_DEV ??= readFileSync(join(root, '.hamava/dev.json'), 'utf8')
const { api, channelOn, dev, upload } = await import('../flows/stack/api.ts')
const { logIn, newPerson, openBrowser } = await import('./stack/browser.ts')

const folder = resolve(process.argv[2] ?? join(root, '.hamava/screenshots'))
mkdirSync(folder, { recursive: true })

const said = [
  'کتاب تازهٔ انتشارات ما از راه رسید 📚 #کتاب_تازه',
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
  const { handle } = await channelOn('sandbox')
  for (const text of ['چه خوب! از کجا بخرم؟', 'When will it be back in stock?']) {
    await fetch(`${dev.sandboxUrl}/admin/comments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ handle: handle.replace(/^@/, ''), from: 'nima', text }),
    })
  }
  return first
}

const { postId, publicationId } = await seed()
const screens: Record<string, string> = {
  calendar: '/calendar?view=month',
  week: '/calendar?view=week',
  list: '/calendar?view=list',
  compose: '/compose',
  edit: `/posts/${postId}`,
  approvals: '/approvals',
  attention: '/attention',
  publication: `/publications/${publicationId}`,
  conversations: '/conversations',
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
