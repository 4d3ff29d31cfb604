import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, Page, Route } from 'playwright-core'
import { api, channelOn, dev, upload } from '../flows/stack/api.ts'
import {
  axeOf,
  logIn,
  newPerson,
  openBrowser,
  withoutSharedWorkers,
  words,
} from './stack/browser.ts'
import { newChannel, onSandbox } from './stack/trouble.ts'

const { fa } = words

describe('what was typed', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser?.close())

  const textOf = (page: Page) => page.getByRole('textbox', { name: fa.compose.text, exact: true })

  it('is back after the tab was killed in the midst of it', async () => {
    const { context, page } = await newPerson(browser)
    await logIn(page)
    await page.goto('/compose')
    await textOf(page).fill('نیمه‌کاره ماند')
    await page.getByText(/روی این دستگاه نگه داشته شد/).waitFor()
    await page.close({ runBeforeUnload: false })
    const again = await context.newPage()
    await again.goto('/compose')
    await eventually(
      'the text is back',
      async () => (await textOf(again).inputValue()) === 'نیمه‌کاره ماند',
    )
    await context.close()
  })

  it('is on the server as a draft two seconds later, once, and another tab goes on with it', async () => {
    const { context, page } = await newPerson(browser)
    await logIn(page)
    await page.goto('/compose')
    await page.getByRole('textbox', { name: fa.compose.text, exact: true }).waitFor()
    const discard = page.getByRole('button', { name: fa.compose.discard })
    if (await discard.isVisible()) await discard.click()
    const text = `خودش ذخیره شد ${Date.now()}`
    await textOf(page).fill(text)
    await page.getByText(/^ذخیره شد،/).waitFor()
    const ours = async () => {
      type Drafts = { items: { id: string; text: string; state: string }[] }
      const { body } = await api<Drafts>('GET', '/v1/posts?state=draft')
      return body.items.filter((one) => one.text.startsWith(text))
    }
    expect(await ours()).toMatchObject([{ text, state: 'draft' }])
    await page.close({ runBeforeUnload: false })
    const again = await context.newPage()
    await again.goto('/compose')
    await eventually('it is back', async () => (await textOf(again).inputValue()) === text)
    await textOf(again).fill(`${text} و ادامه یافت`)
    await again.getByText(/^ذخیره شد،/).waitFor()
    expect(await ours()).toMatchObject([{ text: `${text} و ادامه یافت` }])

    await again.getByRole('button', { name: fa.compose.discard }).click()
    await eventually('it is gone from the server, too', async () => (await ours()).length === 0)
    expect(await textOf(again).inputValue()).toBe('')
    await again.getByRole('button', { name: fa.app.undo }).click()
    await eventually('it is back there, too', async () => (await ours()).length === 1)
    expect(await textOf(again).inputValue()).toBe(`${text} و ادامه یافت`)
    await again.getByRole('button', { name: fa.compose.discard }).click()
    await context.close()
  })

  it('goes out once, though the answer was lost and somebody pressed again', async () => {
    const handle = `pressed${Date.now()}`
    const { name } = await newChannel({ handle, name: handle })
    const { context, page } = await newPerson(browser)
    await withoutSharedWorkers(context)
    await logIn(page)
    await page.goto('/compose')
    await page
      .locator('label', { has: page.getByRole('checkbox', { name: new RegExp(name) }) })
      .click()
    await textOf(page).fill('فقط یک بار')
    await page.getByRole('radio', { name: fa.compose.now }).click()
    await page.getByText(fa.compose.allWell).waitFor()
    // Nor does it hear in another way what has become of it.
    await page.route('**/v1/events', (route) => route.abort())
    await page.reload()
    await page.getByText(fa.compose.allWell).waitFor()
    const lost: string[] = []
    // The request arrives and is carried out; its answer does not come back, each time once.
    await page.route('**/v1/posts*/**', loseOneAnswer)
    await page.route('**/v1/posts', loseOneAnswer)
    async function loseOneAnswer(route: Route) {
      const request = route.request()
      const isOther = /\/(validate|presence)$/.test(new URL(request.url()).pathname)
      if (isOther || !['POST', 'PATCH'].includes(request.method())) return route.continue()
      const response = await route.fetch()
      if (lost.includes(request.method())) return route.fulfill({ response })
      lost.push(request.method())
      return route.abort()
    }
    const publish = page.getByRole('button', { name: fa.compose.publishNow })
    const isThrough = () => page.url().includes('/calendar')
    await publish.click()
    await page.getByRole('alert').waitFor()
    // Pressed again, and again if need be: the page may also find out by itself that it has gone out.
    await eventually('it is through', async () => {
      if (!isThrough()) await publish.click({ timeout: 1_000 }).catch(() => undefined)
      return isThrough()
    })
    expect(lost).toEqual(['POST', 'PATCH'])
    await page.waitForURL('**/calendar**')
    const live = async () => {
      const response = await fetch(`${dev.sandboxUrl}/accounts/${handle}/posts`)
      return ((await response.json()) as unknown[]).length
    }
    await eventually('it is live', async () => (await live()) > 0)
    const { body } = await api<{ items: { targets: { channelId: string }[]; text: string }[] }>(
      'GET',
      '/v1/posts',
    )
    expect(body.items.filter(({ text }) => text === 'فقط یک بار')).toHaveLength(1)
    expect(await live()).toBe(1)
    await context.close()
  })

  it('as an answer goes out once, too, and what was typed meanwhile stays', async () => {
    const handle = `asked${Date.now()}`
    await newChannel({ handle, name: handle })
    await onSandbox('/admin/messages', { handle, from: 'nima', text: `کی می‌رسد؟ ${handle}` })
    const id = await eventually('it is heard of', async () => {
      type Page = { items: { id: string; excerpt?: string }[] }
      const { body } = await api<Page>('GET', '/v1/conversations?state=open')
      return body.items.find((one) => JSON.stringify(one).includes(handle))?.id
    })
    const { context, page } = await newPerson(browser)
    await logIn(page)
    await page.goto(`/conversations?open=${id}`)
    const answer = page.getByRole('textbox', { name: fa.conversations.answer })
    await answer.fill('فردا')
    let tries = 0
    await page.route('**/v1/conversations/*/messages', async (route) => {
      const response = await route.fetch()
      tries += 1
      return tries === 1 ? route.abort() : route.fulfill({ response })
    })
    const send = page.getByRole('button', { name: fa.conversations.send })
    await send.click()
    await page.getByRole('alert').waitFor()
    await send.click()
    await eventually('it was sent', async () => (await answer.inputValue()) === '')
    expect(tries).toBe(2)
    await eventually('it is live', async () => {
      const response = await fetch(`${dev.sandboxUrl}/accounts/${handle}/messages`)
      return (await response.text()).includes('فردا')
    })
    const { body } = await api<{ messages: { text: string }[] }>('GET', `/v1/conversations/${id}`)
    expect(body.messages.filter(({ text }) => text === 'فردا')).toHaveLength(1)
    await context.close()
  })

  it('about the time is kept, too, until it takes effect', async () => {
    const { id: channelId } = await channelOn('sandbox')
    const schedule = { local: '2029-01-01T10:00', zone: 'Asia/Tehran' }
    const said = { text: `زمان‌دار ${Date.now()}`, targets: [{ channelId }], schedule }
    const { body: made } = await api<{ id: string }>('POST', '/v1/posts', said)
    const { context, page } = await newPerson(browser)
    await logIn(page)
    await page.goto(`/posts/${made.id}`)
    const hour = page.locator('[data-type=hour]')
    await hour.click()
    await page.keyboard.type('۱۶')
    await page.getByText(/روی این دستگاه نگه داشته شد/).waitFor()
    await page.reload()
    await eventually('it is chosen yet', async () => /۱۶|16/.test((await hour.textContent()) ?? ''))
    await page.getByRole('button', { name: fa.compose.schedule, exact: true }).click()
    await page.waitForURL('**/calendar**')
    const { body } = await api<{ schedule: { local: string } }>('GET', `/v1/posts/${made.id}`)
    expect(body.schedule.local).toMatch(/^2029-01-01T16:00/)
    await context.close()
  })

  it('by two people at once is shown side by side, and neither is overwritten', async () => {
    const { id: channelId } = await channelOn('sandbox')
    const picture = await upload('از سارا')
    const body = { text: 'نسخهٔ نخست', targets: [{ channelId }] }
    const { body: made } = await api<{ id: string }>('POST', '/v1/posts', body)
    const path = `/v1/posts/${made.id}`
    const { page, context } = await newPerson(browser)
    await withoutSharedWorkers(context)
    await logIn(page)
    // Nothing is heard of what others do meanwhile.
    await page.route('**/v1/events', (route) => route.abort())
    await page.goto(`/posts/${made.id}`)
    await textOf(page).waitFor()
    const theirs = { text: 'نسخهٔ سارا', assets: [{ id: picture }] }
    await api('PATCH', path, theirs, { 'if-match': '"1"' })
    await textOf(page).fill('نسخهٔ رضا')
    const dialog = page.getByRole('alertdialog')
    await dialog.getByText('نسخهٔ سارا').waitFor()
    await dialog.getByText('نسخهٔ رضا').waitFor()
    await dialog.getByText('از سارا').waitFor()
    const goOn = dialog.getByRole('button', { name: fa.compose.takeOver })
    expect(await goOn.isDisabled()).toBe(true)
    expect(await axeOf(page)).toEqual([])
    await dialog
      .getByRole('radiogroup', { name: fa.compose.fields.text })
      .getByRole('radio', { name: fa.compose.both })
      .click()
    await goOn.click()
    await eventually('both are kept, and the picture that only one has added', async () => {
      type Said = { text: string; assets: { id: string; alt: string }[] }
      const { body: now } = await api<Said>('GET', path)
      const alts = now.assets.map(({ alt }) => alt).join()
      return now.text === 'نسخهٔ سارا\n\nنسخهٔ رضا' && alts === 'از سارا'
    })
    await page.getByRole('button', { name: fa.compose.history }).click()
    const history = page.getByRole('dialog')
    const restore = history.getByRole('button', { name: fa.compose.restore }).last()
    await restore.waitFor()
    expect(await axeOf(page)).toEqual([])
    await restore.click()
    expect(await textOf(page).inputValue()).toBe('نسخهٔ نخست')
    await eventually('the first version is back, without the picture', async () => {
      const { body: now } = await api<{ text: string; assets: unknown[] }>('GET', path)
      return now.text === 'نسخهٔ نخست' && now.assets.length === 0
    })
    await context.close()
  })
})
