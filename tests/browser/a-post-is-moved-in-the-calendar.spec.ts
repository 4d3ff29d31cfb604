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
    const moved = day.getByRole('link', { name: new RegExp(text) })
    await moved.waitFor()
    expect(await moved.evaluate((one) => one === document.activeElement)).toBe(true)
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
    await page.getByText(fa.wrong.unreachable).first().waitFor()
    await day('۱۳ فروردین ۱۴۰۷')
      .getByRole('link', { name: new RegExp(text) })
      .waitFor()
    expect(await localOf(id)).toBe('2028-04-01T09:00')
    await context.close()
  })

  it('stays at its hour where it is read, in a zone that is only looked at', async () => {
    const text = `در منطقه‌ای دیگر ${Date.now()}`
    const { id: channelId } = await channelOn('sandbox')
    // Half past eleven in the evening in Tehran; in Tokyo it is the next morning.
    const schedule = { local: '2028-07-01T23:30', zone: 'Asia/Tehran' }
    const body = { text, targets: [{ channelId }], schedule }
    const { id } = (await api<Post>('POST', '/v1/posts', body)).body
    const { page, context } = await newPerson(browser)
    await logIn(page)
    await page.goto('/calendar?view=month&on=2028-07-01&zone=Asia%2FTokyo')
    const day = (name: RegExp) => page.getByRole('listitem', { name })
    const card = day(/۱۲ تیر ۱۴۰۷/).getByRole('link', { name: new RegExp(text) })
    await card.waitFor()
    expect(await card.locator('time').textContent()).toBe('۰۵:۰۰')
    await card.dragTo(day(/۱۴ تیر ۱۴۰۷/))
    await day(/۱۴ تیر ۱۴۰۷/)
      .getByRole('link', { name: new RegExp(text) })
      .waitFor()
    await eventually('it is moved', async () => (await localOf(id)) === '2028-07-03T23:30')
    await context.close()
  })

  it('gets a time when it had none, by drag and by keys, and loses it again by undo', async () => {
    const { id: channelId } = await channelOn('sandbox')
    const draft = async (text: string) =>
      (await api<Post>('POST', '/v1/posts', { text, targets: [{ channelId }] })).body.id
    const [dragged, pressed] = [`کشیدنی ${Date.now()}`, `با کلید، بی‌زمان ${Date.now()}`]
    const [first, second] = [await draft(dragged), await draft(pressed)]
    const { page, context } = await newPerson(browser)
    await logIn(page)
    await page.goto('/calendar?view=month&on=2028-09-10')
    await page.getByRole('button', { name: fa.calendar.drafts }).click()
    const drafts = page.getByRole('region', { name: fa.calendar.drafts })
    const day = page.getByRole('listitem', { name: /۲۲ شهریور ۱۴۰۷/ })
    await drafts.getByRole('link', { name: new RegExp(dragged) }).dragTo(day)
    await day.getByRole('link', { name: new RegExp(dragged) }).waitFor()
    await eventually('it has a time', async () => (await localOf(first)) === '2028-09-12T09:00')
    await drafts.getByRole('link', { name: new RegExp(dragged) }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: fa.app.undo }).click()
    await drafts.getByRole('link', { name: new RegExp(dragged) }).waitFor()

    await drafts.getByRole('link', { name: new RegExp(pressed) }).focus()
    await page.keyboard.press('m')
    await page.keyboard.press('PageDown')
    await page.keyboard.press('Enter')
    await eventually('it has a time', async () => {
      const { body } = await api<{ schedule: unknown }>('GET', `/v1/posts/${second}`)
      return body.schedule !== null
    })
    await context.close()
  })

  it('is dragged to its day out of the list of a day with many', async () => {
    const stamp = Date.now()
    const { id: channelId } = await channelOn('sandbox')
    const ids: string[] = []
    for (let at = 0; at < 5; at++) {
      const schedule = { local: `2028-12-01T1${at}:00`, zone: 'Asia/Tehran' }
      const body = { text: `یکی از بسیار ${stamp}-${at}`, targets: [{ channelId }], schedule }
      ids.push((await api<Post>('POST', '/v1/posts', body)).body.id)
    }
    const { page, context } = await newPerson(browser)
    await logIn(page)
    await page.goto('/calendar?view=month&on=2028-12-01')
    const day = (name: RegExp) => page.getByRole('listitem', { name })
    await day(/۱۱ آذر ۱۴۰۷/)
      .getByRole('button')
      .click()
    const last = page.getByRole('dialog').getByRole('link', { name: new RegExp(`${stamp}-4`) })
    await last.dragTo(day(/۱۵ آذر ۱۴۰۷/))
    await eventually(
      'it is moved',
      async () => (await localOf(ids[4] ?? '')) === '2028-12-05T14:00',
    )
    await context.close()
  })
})
