import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { api, dev } from '../flows/stack/api.ts'
import { logIn, newPerson, openBrowser, withoutSharedWorkers, words } from './stack/browser.ts'
import { newChannel } from './stack/trouble.ts'

const { fa } = words

function pidOf(name: string): number {
  const file = join(process.env.HAMAVA_FLOWS_DATA ?? '', 'dev.json')
  const { processes } = JSON.parse(readFileSync(file, 'utf8')) as {
    processes: Record<string, number[]>
  }
  const [pid] = processes[name] ?? []
  if (!pid) throw new Error(`${name} does not run`)
  return pid
}

const logOf = (name: string) =>
  readFileSync(join(process.env.HAMAVA_FLOWS_DATA ?? '', 'logs', `${name}.log`), 'utf8').slice(
    -3_000,
  )

describe('an open page', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser?.close())

  /** Opens the list of a channel that no other spec publishes on: what comes is in sight. */
  async function ownChannel(page: Page): Promise<string> {
    const { id } = await newChannel({ handle: `seen${Date.now()}` })
    await page.goto(`/calendar?view=list&channel=${id}`)
    await page.getByRole('heading', { level: 2 }).first().waitFor()
    return id
  }

  it('hears of what happens after the server was killed and is back, without being loaded again', async () => {
    const { context, page } = await newPerson(browser)
    await logIn(page)
    const channelId = await ownChannel(page)
    const pid = pidOf('gateway')
    process.kill(pid, 'SIGKILL')
    const returned = eventually(
      'another gateway answers',
      async () => {
        const response = await fetch(`${dev.gatewayUrl}/health/ready`).catch(() => null)
        return response?.ok === true && pidOf('gateway') !== pid
      },
      60_000,
    )
    await returned.catch((error) => {
      throw new Error(`${String(error)}: ${logOf('gateway')}`)
    })
    const text = `پس از بازگشت ${Date.now()}`
    const dueAt = new Date(Date.now() + 60_000).toISOString()
    await api('POST', '/v1/posts', { text, targets: [{ channelId }], schedule: { at: dueAt } })
    await page.getByRole('link', { name: new RegExp(text) }).waitFor()
    await context.close()
  })

  it('says that it is offline as long as it is, and keeps what is typed meanwhile', async () => {
    const { context, page } = await newPerson(browser)
    await logIn(page)
    await page.goto('/compose')
    const text = page.getByRole('textbox', { name: fa.compose.text, exact: true })
    await text.waitFor()
    await context.setOffline(true)
    await page.getByText(fa.app.offline).waitFor()
    await text.fill('نوشته‌شده بی‌اتصال')
    await page.getByText(/روی این دستگاه نگه داشته شد/).waitFor()
    await context.setOffline(false)
    await page.getByText(fa.app.offline).waitFor({ state: 'detached' })
    expect(await text.inputValue()).toBe('نوشته‌شده بی‌اتصال')
    await context.close()
  })

  it('is loaded after all once the server is there: a press is enough', async () => {
    const { context, page } = await newPerson(browser)
    await logIn(page)
    await page.route('**/v1/me', (route) => route.abort())
    await page.goto('/calendar')
    await page.getByText(fa.wrong.unreachable).waitFor()
    await page.unroute('**/v1/me')
    await page.getByRole('button', { name: fa.app.retry }).click()
    await page.getByRole('heading', { level: 1, name: fa.nav.calendar }).waitFor()
    await context.close()
  })

  it('hears again after a feed that was refused, as by a proxy whose server is away', async () => {
    const { context, page } = await newPerson(browser)
    await withoutSharedWorkers(context)
    let refusals = 0
    await page.route('**/v1/events', (route) => {
      refusals += 1
      return refusals <= 2
        ? route.fulfill({ status: 503, contentType: 'text/plain', body: 'away' })
        : route.fallback()
    })
    await logIn(page)
    await page.getByText(fa.app.unreachable).waitFor()
    await page.getByText(fa.app.unreachable).waitFor({ state: 'detached' })
    const channelId = await ownChannel(page)
    const text = `پس از نپذیرفتن ${Date.now()}`
    const at = new Date(Date.now() + 60_000).toISOString()
    await api('POST', '/v1/posts', { text, targets: [{ channelId }], schedule: { at } })
    await page.getByRole('link', { name: new RegExp(text) }).waitFor()
    await context.close()
  })

  it('reads everything again when it is told that it has missed too much', async () => {
    const { context, page } = await newPerson(browser)
    await withoutSharedWorkers(context)
    const { promise: isLetGo, resolve: letGo } = Promise.withResolvers<void>()
    let isFirst = true
    // Nothing else is heard, and no connection was lost before.
    await page.route('**/v1/events', async (route) => {
      if (!isFirst) return route.abort()
      isFirst = false
      await isLetGo
      const body = 'id: 7\nevent: reset\ndata: {"id":"7"}\n\n'
      return route.fulfill({ contentType: 'text/event-stream', body })
    })
    await logIn(page)
    const { id: channelId } = await newChannel({ handle: `reset${Date.now()}` })
    // Within the app, as another page would open another stream.
    await page.evaluate(
      (id) => history.pushState(null, '', `/calendar?view=list&channel=${id}`),
      channelId,
    )
    await page.getByRole('heading', { level: 2 }).first().waitFor()
    const text = `از نو ${Date.now()}`
    const at = new Date(Date.now() + 60_000).toISOString()
    await api('POST', '/v1/posts', { text, targets: [{ channelId }], schedule: { at } })
    const link = page.getByRole('link', { name: new RegExp(text) })
    expect(await link.count()).toBe(0)
    letGo()
    await link.waitFor()
    await context.close()
  })

  it('stays when a screen cannot be fetched, and opens it when it can', async () => {
    const { context, page } = await newPerson(browser)
    await logIn(page)
    await page.goto('/settings')
    await page.getByRole('heading', { level: 1, name: fa.settings.title }).waitFor()
    await context.setOffline(true)
    await page.getByRole('link', { name: fa.nav.channels }).first().hover()
    await page.getByRole('link', { name: fa.nav.channels }).first().click()
    await page.getByText(fa.wrong.unreachable).waitFor()
    await context.setOffline(false)
    await page.getByRole('button', { name: fa.app.retry }).click()
    await page.getByRole('heading', { level: 1, name: fa.channels.title }).waitFor()
    await context.close()
  })

  it('takes an address that names no day for one that names none', async () => {
    const { context, page } = await newPerson(browser)
    await logIn(page)
    for (const address of ['/calendar?on=2026-13-45', '/compose?on=abc']) {
      await page.goto(address)
      await page.getByRole('heading', { level: 1 }).waitFor()
      expect(await page.getByText(fa.app.broken).count()).toBe(0)
    }
    await context.close()
  })
})
