import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { dev } from '../flows/stack/api.ts'
import { liveOn } from '../flows/stack/live.ts'
import { logIn, newPerson, openBrowser, words } from './stack/browser.ts'

const { fa } = words

describe('the main job, by mouse, in Persian', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser?.close())

  it('goes from login to a post that is live, its timeline, and an answer to a comment on it', async () => {
    const { page, complaints } = await newPerson(browser)
    await logIn(page)
    const text = `سلام از مرورگر ${Date.now()}`
    await page.getByRole('link', { name: fa.nav.compose }).first().click()
    await page
      .locator('label', { has: page.getByRole('checkbox', { name: /hamava/ }) })
      .first()
      .click()
    await page.getByRole('textbox', { name: fa.compose.text, exact: true }).fill(text)
    await page.getByText(fa.compose.allWell).waitFor()
    await page.getByRole('radio', { name: fa.compose.now }).click()
    await page.getByRole('button', { name: fa.compose.publishNow }).click()
    await page.waitForURL('**/calendar**')
    const live = await eventually('it is live', async () =>
      (await liveOn('sandbox')).find((post) => post.text === text),
    )
    const card = page.getByRole('link', { name: new RegExp(text) })
    await card.getByRole('img', { name: fa.state.published }).waitFor()

    await fetch(`${dev.sandboxUrl}/admin/comments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ postId: live.id, from: 'nima', text: 'چه خوب! از کجا بخرم؟' }),
    })
    await page.getByRole('link', { name: fa.nav.conversations }).first().click()
    await page
      .getByRole('button', { name: /چه خوب! از کجا بخرم؟/ })
      .first()
      .click()
    const answer = `از همین‌جا ${Date.now()}`
    await page.getByRole('textbox', { name: fa.conversations.answer }).fill(answer)
    await page.getByRole('button', { name: fa.conversations.send }).click()
    await eventually('the answer is live', async () => {
      const response = await fetch(`${dev.sandboxUrl}/accounts/hamava/posts`)
      return ((await response.json()) as { text: string }[]).some((post) => post.text === answer)
    })
    await page.getByText(fa.state.published).waitFor()
    expect(complaints).toEqual([])
  })

  it('takes a Jalali date in Persian digits, and shows the post on its day', async () => {
    const { page, complaints } = await newPerson(browser)
    await logIn(page)
    await page.goto('/compose')
    await page
      .locator('label', { has: page.getByRole('checkbox', { name: /hamava/ }) })
      .first()
      .click()
    const text = `نوروز ${Date.now()}`
    await page.getByRole('textbox', { name: fa.compose.text, exact: true }).fill(text)
    const segment = (type: string) => page.locator(`[data-type=${type}]`)
    for (const [type, digits] of [
      ['year', '۱۴۰۶'],
      ['month', '۰۱'],
      ['day', '۰۵'],
      ['hour', '۰۹'],
      ['minute', '۳۰'],
    ] as const) {
      await segment(type).click()
      await page.keyboard.type(digits)
    }
    await page.getByText('پنجشنبه ۵ فروردین ۱۴۰۶، ۰۹:۳۰').waitFor()
    await page.getByRole('button', { name: fa.compose.schedule, exact: true }).click()
    await page.waitForURL('**/calendar?*on=*2027-03-25*')
    const day = page.getByRole('listitem', { name: /پنجشنبه ۵ فروردین ۱۴۰۶/ })
    await day.getByRole('link', { name: new RegExp(text) }).waitFor()
    expect(complaints).toEqual([])
  })

  it('takes a time as it is typed also on the day on which the clocks of its zone change', async () => {
    const { page, context } = await newPerson(browser)
    await logIn(page)
    await page.goto('/compose?on=2027-03-28T09:00&zone=Europe/Berlin')
    await page.locator('[data-type=minute]').click()
    await page.keyboard.type('۴۵')
    await page.getByText('یکشنبه ۸ فروردین ۱۴۰۶، ۰۹:۴۵').waitFor()
    await context.close()
  })
})
