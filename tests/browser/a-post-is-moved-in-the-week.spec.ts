import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, Locator, Page } from 'playwright-core'
import { api, channelOn } from '../flows/stack/api.ts'
import { axeOf, logIn, newPerson, openBrowser, words } from './stack/browser.ts'

const { fa } = words

interface Post {
  id: string
  schedule: { local: string; zone: string } | null
}

describe('a post in the week', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser?.close())

  const postOf = async (body: object): Promise<string> => {
    const { id: channelId } = await channelOn('sandbox')
    return (await api<Post>('POST', '/v1/posts', { ...body, targets: [{ channelId }] })).body.id
  }
  const planned = (text: string, local: string) =>
    postOf({ text, schedule: { local, zone: 'Asia/Tehran' } })
  const scheduleOf = async (id: string) => (await api<Post>('GET', `/v1/posts/${id}`)).body.schedule
  const isAt = (id: string, local: string) =>
    eventually(
      `it is at ${local}`,
      async () => (await scheduleOf(id))?.local.slice(0, 16) === local,
    )

  const openWeek = async (address: string) => {
    const { page, context } = await newPerson(browser)
    await logIn(page)
    await page.goto(`/calendar?view=week&${address}`)
    return { page, context }
  }
  const cardIn = (where: Page | Locator, text: string) =>
    where.getByRole('link', { name: new RegExp(text) })
  const dayIn = (page: Page, name: string) =>
    page.getByRole('listitem', { name: new RegExp(`${name}.*فرسته`) })
  /** Where an hour of a day is on the page. */
  const placeOf = async (day: Locator, hour: number | 'head') => {
    const part = hour === 'head' ? '[data-hours] >> xpath=preceding-sibling::*' : '[data-hours]'
    const box = await day.locator(part).boundingBox()
    if (!box) throw new Error('the day has no hours')
    if (hour === 'head') return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
    return { x: box.x + box.width / 2, y: box.y + (box.height * hour) / 24 }
  }
  /** Takes a card a little beneath its edge, and holds it over an hour. */
  const carry = async (
    page: Page,
    card: Locator,
    day: Locator,
    hour: number | 'head',
    grip = 4,
  ) => {
    const from = await card.boundingBox()
    if (!from) throw new Error('there is no card')
    await page.mouse.move(from.x + from.width / 2, from.y + grip)
    await page.mouse.down()
    const to = await placeOf(day, hour)
    await page.mouse.move(to.x, to.y, { steps: 4 })
    // What was still being loaded may have moved the hours away meanwhile.
    const there = await placeOf(day, hour)
    await page.mouse.move(there.x, there.y + grip)
    if (hour !== 'head') await page.locator('[data-aim]').first().waitFor()
  }

  it('is dragged onto an hour, which is shown on the way, and put back by undo', async () => {
    const text = `روی ساعت ${Date.now()}`
    const id = await planned(text, '2029-04-01T09:00')
    const { page, context } = await openWeek('on=2029-04-01')
    const card = cardIn(dayIn(page, '۱۳ فروردین ۱۴۰۸'), text)
    await card.waitFor()
    const day = dayIn(page, '۱۵ فروردین ۱۴۰۸')
    await carry(page, card, day, 11.5)
    await page.locator('[data-aim]', { hasText: '۱۱:۳۰' }).waitFor()
    await page.mouse.up()
    await cardIn(day, text).waitFor()
    await isAt(id, '2029-04-03T11:30')
    await page.getByRole('button', { name: fa.app.undo }).click()
    await isAt(id, '2029-04-01T09:00')
    await cardIn(dayIn(page, '۱۳ فروردین ۱۴۰۸'), text).waitFor()

    await page.route('**/v1/posts/*/schedule', (route) => route.abort())
    await carry(page, card, day, 11.5)
    await page.mouse.up()
    await page.getByText(fa.wrong.unreachable).first().waitFor()
    await card.waitFor()
    expect((await scheduleOf(id))?.local.slice(0, 16)).toBe('2029-04-01T09:00')
    await context.close()
  })

  it('is moved by keys, by days and by quarters, and keeps the focus', async () => {
    const text = `با کلید ${Date.now()}`
    const id = await planned(text, '2029-04-30T09:07')
    const { page, context } = await openWeek('on=2029-04-30')
    const card = cardIn(page, text)
    await card.focus()
    await page.keyboard.press('m')
    await page.getByText(fa.calendar.moveHintHours).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.getByRole('status').getByText('۰۹:۱۵').waitFor()
    await page.keyboard.press('Escape')
    await page.getByText(fa.calendar.moveHintHours).waitFor({ state: 'detached' })
    expect((await scheduleOf(id))?.local.slice(0, 16)).toBe('2029-04-30T09:07')

    await page.keyboard.press('m')
    // To the left lies the day after, in Persian.
    for (const key of ['ArrowLeft', 'ArrowDown', 'ArrowDown', 'Shift+ArrowDown', 'Enter']) {
      await page.keyboard.press(key)
    }
    const moved = cardIn(dayIn(page, '۱۲ اردیبهشت ۱۴۰۸'), text)
    await moved.waitFor()
    await isAt(id, '2029-05-01T10:30')
    expect(await moved.evaluate((one) => one === document.activeElement)).toBe(true)
    await page.keyboard.press('m')
    await page.keyboard.press('PageDown')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    await isAt(id, '2029-05-08T10:15')
    await page.getByRole('button', { name: fa.app.undo }).last().click()
    await isAt(id, '2029-05-01T10:30')
    await context.close()
  })

  it('keeps its own zone when it is moved on the clock of another', async () => {
    const text = `در توکیو ${Date.now()}`
    const id = await planned(text, '2029-06-04T09:00')
    const { page, context } = await openWeek('on=2029-06-04&zone=Asia%2FTokyo')
    const card = cardIn(page, text)
    expect(await card.locator('time').textContent()).toBe('۱۴:۳۰')
    await carry(page, card, dayIn(page, '۱۶ خرداد ۱۴۰۸'), 16)
    await page.mouse.up()
    await isAt(id, '2029-06-05T10:30')
    expect((await scheduleOf(id))?.zone).toBe('Asia/Tehran')
    // On the head of a day it is moved to the day, and keeps its time.
    await carry(
      page,
      cardIn(dayIn(page, '۱۶ خرداد ۱۴۰۸'), text),
      dayIn(page, '۱۸ خرداد ۱۴۰۸'),
      'head',
    )
    await page.mouse.up()
    await isAt(id, '2029-06-07T10:30')
    await context.close()
  })

  it('gets the time of the hour that it is dropped on, when it had none', async () => {
    const text = `بی‌زمان ${Date.now()}`
    const id = await postOf({ text })
    const { page, context } = await openWeek('on=2029-07-09&drafts=true')
    const draft = cardIn(page.getByRole('region', { name: fa.calendar.drafts }), text)
    await draft.waitFor()
    await carry(page, draft, dayIn(page, '۲۰ تیر ۱۴۰۸'), 10.75, 0)
    await page.mouse.up()
    await isAt(id, '2029-07-10T10:45')
    await page.getByRole('button', { name: fa.app.undo }).click()
    await eventually('it has no time', async () => (await scheduleOf(id)) === null)
    await context.close()
  })

  it('is begun where nothing is, on the clock that is looked at', async () => {
    const { page, context } = await openWeek('on=2029-08-06&zone=Asia%2FTokyo')
    const { x, y } = await placeOf(dayIn(page, '۱۷ مرداد ۱۴۰۸'), 9.25)
    await page.mouse.move(x, y)
    await page.locator('[data-aim]', { hasText: '۰۹:۱۵' }).waitFor()
    await page.mouse.click(x, y)
    await page.waitForURL('**/compose**')
    await page.getByText('سه‌شنبه ۱۷ مرداد ۱۴۰۸، ۰۹:۱۵').first().waitFor()
    await page
      .getByText(/وقت ژاپن/)
      .first()
      .waitFor()
    await context.close()
  })

  it('folds with the others of its time, and is dragged out of their list', async () => {
    const stamp = Date.now()
    const ids: string[] = []
    for (let at = 0; at < 4; at++) {
      ids.push(await planned(`هم‌زمان ${stamp}-${at}`, '2029-09-03T09:00'))
    }
    const { page, context } = await openWeek('on=2029-09-03')
    const day = dayIn(page, '۱۳ شهریور ۱۴۰۸')
    await day.getByRole('button').click()
    const list = page.getByRole('dialog')
    await list.getByRole('link').first().waitFor()
    expect(await list.getByRole('link').count()).toBe(3)
    expect(await axeOf(page)).toEqual([])
    await carry(page, cardIn(list, `${stamp}-3`), dayIn(page, '۱۴ شهریور ۱۴۰۸'), 12, 0)
    await page.mouse.up()
    await isAt(ids[3] ?? '', '2029-09-04T12:00')

    // A card that is moved by keys into the fold leaves the focus there.
    await page.keyboard.press('Escape')
    const moved = cardIn(dayIn(page, '۱۴ شهریور ۱۴۰۸'), `${stamp}-3`)
    await moved.focus()
    await page.keyboard.press('m')
    for (let hour = 0; hour < 3; hour++) await page.keyboard.press('Shift+ArrowUp')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await isAt(ids[3] ?? '', '2029-09-03T09:00')
    await eventually('the focus is on the fold', () =>
      day.getByRole('button').evaluate((one) => one === document.activeElement),
    )
    await context.close()
  })
})
