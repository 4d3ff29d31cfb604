import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { api, channelOn } from '../flows/stack/api.ts'
import { logIn, newPerson, openBrowser, words } from './stack/browser.ts'

const { fa } = words

interface Post {
  id: string
  schedule: { local: string }
}

describe('a post in the calendar', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser?.close())

  /** Alone in its month: 11 Farvardin 1407 is a Thursday. */
  async function planned(text: string): Promise<Post> {
    const { id: channelId } = await channelOn('sandbox')
    const schedule = { local: '2028-03-30T09:00', zone: 'Asia/Tehran' }
    const body = { text, targets: [{ channelId }], schedule }
    return (await api<Post>('POST', '/v1/posts', body)).body
  }
  const localOf = async (id: string) =>
    (await api<Post>('GET', `/v1/posts/${id}`)).body.schedule.local.slice(0, 16)
  const openMonth = async (page: Page, text: string) => {
    await logIn(page)
    await page.goto('/calendar?view=month&on=2028-03-30')
    const card = page.getByRole('link', { name: new RegExp(text) })
    await card.waitFor()
    return card
  }

  it('is moved by keys, the arrows following the eye, and put back by undo', async () => {
    const text = `با کلید ${Date.now()}`
    const { id } = await planned(text)
    const { page, context } = await newPerson(browser)
    const card = await openMonth(page, text)
    await card.focus()
    await page.keyboard.press('m')
    await page.getByText(fa.calendar.moveHint).waitFor()
    // To the right lies the day before, in Persian.
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await eventually('it is moved', async () => (await localOf(id)) === '2028-04-05T09:00')
    const day = page.getByRole('listitem', { name: /۱۷ فروردین ۱۴۰۷/ })
    await day.getByRole('link', { name: new RegExp(text) }).waitFor()
    await page.getByRole('button', { name: fa.app.undo }).click()
    await eventually('it is back', async () => (await localOf(id)) === '2028-03-30T09:00')
    await context.close()
  })

  it('is moved by drag, and goes back when the server refuses', async () => {
    const text = `با کشیدن ${Date.now()}`
    const { id } = await planned(text)
    const { page, context } = await newPerson(browser)
    const card = await openMonth(page, text)
    const day = (name: string) => page.getByRole('listitem', { name: new RegExp(name) })
    await card.dragTo(day('۱۳ فروردین ۱۴۰۷'))
    await eventually('it is moved', async () => (await localOf(id)) === '2028-04-01T09:00')

    await page.route('**/v1/posts/*/schedule', (route) => route.abort())
    await page.getByRole('link', { name: new RegExp(text) }).dragTo(day('۱۵ فروردین ۱۴۰۷'))
    await page.getByText(fa.app.unreachable).first().waitFor()
    await day('۱۳ فروردین ۱۴۰۷')
      .getByRole('link', { name: new RegExp(text) })
      .waitFor()
    expect(await localOf(id)).toBe('2028-04-01T09:00')
    await context.close()
  })
})
