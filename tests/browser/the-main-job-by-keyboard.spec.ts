import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { dev } from '../flows/stack/api.ts'
import { liveOn } from '../flows/stack/live.ts'
import { type Language, newPerson, openBrowser, tabTo, words } from './stack/browser.ts'

describe('the main job, by keyboard alone', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser?.close())

  it.each<Language>(['fa', 'en'])('goes from login to a live post in %s', async (language) => {
    const { page, complaints } = await newPerson(browser, { language })
    const { compose } = words[language]
    await page.goto('/login')
    await tabTo(page, 'the e-mail', (at) => at.getAttribute('name') === 'email')
    await page.keyboard.type(dev.email)
    await tabTo(page, 'the password', (at) => at.getAttribute('name') === 'password')
    await page.keyboard.type(dev.password)
    await page.keyboard.press('Enter')
    await page.waitForURL('**/calendar**')
    await page.getByRole('heading', { level: 2 }).first().waitFor()
    await page.keyboard.press('c')
    await page.waitForURL('**/compose**')
    await page.getByRole('checkbox').first().waitFor()
    await tabTo(page, 'a channel', (at) => (at as HTMLInputElement).type === 'checkbox')
    await page.keyboard.press('Space')
    await tabTo(page, 'the text', (at) => at.id === 'field/text')
    const text = `keyboard ${language} ${Date.now()}`
    await page.keyboard.type(text)
    await tabTo(page, 'the time', (at) => at.getAttribute('role') === 'radio')
    // The arrows follow the eye: what comes next is at the left in Persian.
    await page.keyboard.press(language === 'fa' ? 'ArrowLeft' : 'ArrowRight')
    await page.keyboard.press('Enter')
    const send = page.getByRole('button', { name: compose.publishNow })
    await send.waitFor()
    await eventually('it can be sent', () => send.isEnabled())
    await tabTo(
      page,
      'the button',
      (at) => at.getAttribute('type') === 'button' && at.className.includes('bg-accent'),
    )
    await page.keyboard.press('Enter')
    await page.waitForURL('**/calendar**')
    await eventually('it is live', async () =>
      (await liveOn('sandbox')).some((post) => post.text === text),
    )
    expect(complaints).toEqual([])
  })
})
