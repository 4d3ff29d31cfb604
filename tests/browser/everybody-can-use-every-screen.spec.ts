import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { api, channelOn } from '../flows/stack/api.ts'
import { type Language, logIn, newPerson, openBrowser } from './stack/browser.ts'

const looks = (['fa', 'en'] as const).flatMap((language) =>
  (['light', 'dark'] as const).map((theme): [Language, 'light' | 'dark'] => [language, theme]),
)

describe('every screen', () => {
  let browser: Browser
  let postId: string
  let publicationId: string
  beforeAll(async () => {
    browser = await openBrowser()
    const { id: channelId } = await channelOn('sandbox')
    const at = new Date(Date.now() + 3_600_000).toISOString()
    const body = {
      text: 'برای همه #هم‌آوا https://hamava.example',
      targets: [{ channelId }],
      schedule: { at },
    }
    const { body: made } = await api<{ id: string; publications: { id: string }[] }>(
      'POST',
      '/v1/posts',
      body,
    )
    postId = made.id
    publicationId = made.publications[0]?.id ?? ''
  })
  afterAll(() => browser?.close())

  const screens = () => [
    '/calendar',
    '/calendar?view=week',
    '/calendar?view=list',
    '/calendar?on=2031-01-01&view=list',
    '/compose',
    `/posts/${postId}`,
    '/posts/post_00000000000000000000000000',
    '/approvals',
    '/attention',
    `/publications/${publicationId}`,
    '/conversations',
    '/channels',
    '/channels/connect',
    '/channels/connect?network=mastodon',
    '/settings',
  ]

  it.each(looks)(
    'has nothing that axe finds, nor runs over its edge, in %s, %s',
    async (language, theme) => {
      const { page, context } = await newPerson(browser, { language, theme })
      const found: unknown[] = []
      const look = async (screen: string) => {
        await page.waitForLoadState('networkidle').catch(() => undefined)
        const { violations } = await new AxeBuilder({ page }).analyze()
        for (const { id, nodes } of violations) {
          found.push({ screen, id, where: nodes.map(({ html }) => html.slice(0, 200)) })
        }
        const isWide = await page.evaluate(
          () => document.documentElement.scrollWidth > innerWidth + 1,
        )
        if (isWide) found.push({ screen, id: 'wider than the window' })
      }
      await page.goto('/login')
      await page.getByRole('button', { name: /./ }).first().waitFor()
      await look('/login')
      await logIn(page, language)
      for (const screen of screens()) {
        await page.goto(screen)
        await page
          .getByRole('heading', { level: 1 })
          .or(page.getByRole('heading', { level: 2 }))
          .first()
          .waitFor()
        await look(screen)
      }
      await context.close()
      expect(found).toEqual([])
    },
  )
})
