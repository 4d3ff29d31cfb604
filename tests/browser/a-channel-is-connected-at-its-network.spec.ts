import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { doubleUrl } from '../flows/stack/live.ts'
import { logIn, newPerson, openBrowser, words } from './stack/browser.ts'

const { fa } = words

describe('a channel, by logging in at its network', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser?.close())

  it('is connected when the network sends the person back', async () => {
    const { page, complaints } = await newPerson(browser)
    await logIn(page)
    await page.goto('/channels/connect?network=mastodon')
    await page.getByRole('radio', { name: fa.channels.method.oauth_code }).click()
    await page.locator('input[name=instance]').fill(doubleUrl('mastodon'))
    await page
      .getByRole('button', { name: /ماستودون/ })
      .last()
      .click()
    await page.waitForURL(/\/channels\?connected=/)
    await page
      .getByRole('status')
      .getByText(/متصل شد|وصل شد/)
      .waitFor()
    expect(complaints).toEqual([])
  })

  it('is not, and says so, when the person says no there', async () => {
    const { page } = await newPerson(browser)
    await logIn(page)
    await page.goto('/connected?error=access_denied&state=whatever')
    await page.getByText('شبکه دسترسی نداد؛ می‌توانید دوباره بکوشید.').waitFor()
    await page.getByText('چیزی متصل نشد').waitFor()
    await page.getByRole('link', { name: fa.app.retry }).click()
    await page.waitForURL(/\/channels\/connect/)
  })
})
