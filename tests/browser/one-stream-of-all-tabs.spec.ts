import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { api } from '../flows/stack/api.ts'
import { type Somebody, somebody } from '../flows/stack/somebody.ts'
import { logIn, newPerson, openBrowser, withoutSharedWorkers } from './stack/browser.ts'
import { newChannel } from './stack/trouble.ts'

const tabs = 10

interface Status {
  streams: { ofWorkspace: number }
}

/** Counted at the gateway. */
const streams = async () =>
  (await api<Status>('GET', '/v1/operations/gateway')).body.streams.ofWorkspace
const streamsBecome = (count: number) =>
  eventually(`the gateway counts ${count}`, async () => (await streams()) === count, 30_000)

/** As if a tab were in front, or behind others. */
const look = (page: Page, isLookedAt: boolean) =>
  page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden })
    document.dispatchEvent(new Event('visibilitychange'))
  }, !isLookedAt)

describe.each([
  ['in a worker that they share', false],
  ['in one of them, where there are no shared workers', true],
])('the live stream of all tabs, %s', (_where, isWithoutWorkers) => {
  let browser: Browser
  let channelId: string
  beforeAll(async () => {
    browser = await openBrowser()
    channelId = (await newChannel({ handle: `tabs${Date.now()}` })).id
  })
  afterAll(() => browser?.close())

  const person = async () => {
    const made = await newPerson(browser)
    if (isWithoutWorkers) await withoutSharedWorkers(made.context)
    return made
  }
  const openTabs = async (context: BrowserContext, first: Page) => {
    const pages = [first]
    while (pages.length < tabs) pages.push(await context.newPage())
    for (const page of pages) {
      await page.goto(`/calendar?view=list&channel=${channelId}`)
      await page.getByRole('heading', { level: 2 }).first().waitFor()
    }
    return pages
  }
  const post = async (text: string, headers?: Record<string, string>) => {
    const at = new Date(Date.now() + 3_600_000).toISOString()
    await api('POST', '/v1/posts', { text, targets: [{ channelId }], schedule: { at } }, headers)
  }

  it('is one for ten of them, each of which shows what changes; it ends with the last', async () => {
    await streamsBecome(0)
    const { context, page, complaints } = await person()
    await logIn(page)
    const pages = await openTabs(context, page)
    await streamsBecome(1)
    const text = `همه‌جا ${Date.now()}`
    await post(text)
    const shown = (one: Page) => one.getByRole('link', { name: new RegExp(text) }).waitFor()
    await Promise.all(pages.map(shown))
    expect(await streams()).toBe(1)

    // The first may be the one that holds it.
    await pages.shift()?.close()
    await streamsBecome(1)
    const next = `باز هم ${Date.now()}`
    await eventually(
      'the others go on',
      async () => {
        await post(next)
        const link = pages[0]?.getByRole('link', { name: new RegExp(next) }).first()
        return (await link?.count()) === 1
      },
      20_000,
    )
    expect(complaints).toEqual([])
    for (const one of pages) await one.close()
    await streamsBecome(0)
    await context.close()
  })

  it('rests when nobody looks at any tab, and what was missed is read when somebody does', async () => {
    const { context, page } = await person()
    await logIn(page)
    const second = await context.newPage()
    for (const one of [page, second]) await one.goto(`/calendar?view=list&channel=${channelId}`)
    await streamsBecome(1)
    await look(page, false)
    await look(second, false)
    await streamsBecome(0)
    const text = `در غیاب ${Date.now()}`
    await post(text)
    await look(second, true)
    await second.getByRole('link', { name: new RegExp(text) }).waitFor()
    await streamsBecome(1)
    await context.close()
    await streamsBecome(0)
  })

  it('is that of whoever is there now, and of nobody after the way out', async () => {
    const { context, page } = await person()
    await logIn(page)
    const second = await context.newPage()
    await second.goto('/calendar')
    await streamsBecome(1)
    const other: Somebody = await somebody('owner')
    await page.evaluate(async () => {
      const mine = (await (await fetch('/v1/me')).json()) as { csrfToken: string }
      const headers = { 'x-csrf-token': mine.csrfToken }
      await fetch('/v1/logout', { method: 'POST', headers })
    })
    // It ends by itself, and every tab finds the way out.
    await Promise.all([page, second].map((one) => one.waitForURL('**/login**')))
    await streamsBecome(0)
    await logIn(page, 'fa', other)
    await streamsBecome(1)
    await context.close()
    await streamsBecome(0)
  })
})
