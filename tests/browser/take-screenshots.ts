/**
 * Pictures of every screen for people to look at, and a few of them for the docs: on a running system (`npm start`),
 * in both languages, light and dark, wide and at the width of a phone.
 *
 *     npm run screenshots -- FOLDER
 */
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { root } from './stack/running-system.ts'

const { logIn, newPerson, openBrowser, words } = await import('./stack/browser.ts')
const { aBusyMonth, said } = await import('./stack/seeds.ts')

const folder = resolve(process.argv[2] ?? join(root, '.hamava/screenshots'))
mkdirSync(folder, { recursive: true })

const { postId, publicationId, conversationId } = await aBusyMonth()
const screens: Record<string, string> = {
  calendar: '/calendar?view=month',
  week: '/calendar?view=week',
  list: '/calendar?view=list',
  drafts: '/calendar?view=month&drafts=true',
  compose: '/compose',
  edit: `/posts/${postId}`,
  approvals: '/approvals',
  attention: '/attention',
  publication: `/publications/${publicationId}`,
  conversations: `/conversations?open=${conversationId}`,
  channels: '/channels',
  connect: '/channels/connect?network=mastodon',
  settings: '/settings',
  members: '/settings?tab=members',
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
