import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { api, dev } from '../flows/stack/api.ts'
import { logIn, newPerson, openBrowser, withoutSharedWorkers, words } from './stack/browser.ts'
import {
  missedOn,
  missingOn,
  newChannel,
  onSandbox,
  publishOn,
  refusedOn,
} from './stack/trouble.ts'

const { fa } = words

describe('a publication that went wrong', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser?.close())

  it('is found under needs attention, with its cause, and goes out on a press', async () => {
    const handle = `lost${Date.now()}`
    const channel = await newChannel({ handle, keyed: 'none' })
    await onSandbox('/admin/faults', { kind: 'drop_reply', handle, times: 1 })
    const text = `بی‌پاسخ ${handle}`
    await publishOn(channel.id, text)
    const { page, context } = await newPerson(browser)
    await logIn(page)
    await page.getByRole('link', { name: fa.nav.attention }).first().click()
    await page.getByRole('heading', { level: 1, name: fa.attention.title }).waitFor()
    const card = page.getByRole('listitem').filter({ hasText: text })
    await card.getByText(fa.state.unconfirmed).waitFor({ timeout: 60_000 })
    await card.getByRole('button', { name: fa.attention.notLive }).click()
    await card.waitFor({ state: 'detached' })
    await eventually('it went out once more, on a person’s word', async () => {
      const response = await fetch(`${dev.sandboxUrl}/accounts/${handle}/posts`)
      return ((await response.json()) as unknown[]).length === 2
    })
    await context.close()
  })

  it('is stopped by the kill switch, and goes on when it is released', async () => {
    const { page, context } = await newPerson(browser)
    await logIn(page)
    await page.goto('/attention')
    await page.getByRole('button', { name: fa.attention.kill }).click()
    await page.getByRole('textbox', { name: fa.attention.reason }).fill('سوگواری همگانی')
    await page.getByRole('button', { name: fa.attention.place, exact: true }).click()
    await page.getByText('سوگواری همگانی').waitFor()
    const { body } = await api<{ items: unknown[] }>('GET', '/v1/holds?active=true')
    expect(body.items).toHaveLength(1)
    await page.getByRole('button', { name: fa.attention.release }).click()
    await page.getByText('سوگواری همگانی').waitFor({ state: 'detached' })
    await context.close()
  })

  it('goes out with all others of its cause at one press, but for what went out meanwhile', async () => {
    const handle = `many${Date.now()}`
    const channel = await newChannel({ handle })
    const live = async () => {
      const response = await fetch(`${dev.sandboxUrl}/accounts/${handle}/posts`)
      return ((await response.json()) as { text: string }[]).map(({ text }) => text).sort()
    }
    const missed = await missedOn(channel.id, [`یک ${handle}`, `دو ${handle}`, `سه ${handle}`])
    const { page, context } = await newPerson(browser)
    await withoutSharedWorkers(context)
    await logIn(page)
    // Nothing is heard of what others do meanwhile.
    await page.route('**/v1/events', (route) => route.abort())
    await page.goto('/attention')
    const cards = page.getByRole('listitem').filter({ hasText: handle })
    await eventually('all are shown', async () => (await cards.count()) === 3)
    await api('POST', `/v1/publications/${missed[0]}/retry`)
    await eventually('one is live', async () => (await live()).length === 1)
    await page.getByRole('button', { name: /تلاش دوبارهٔ هر/ }).click()
    await eventually('the others are, too', async () => (await live()).length === 3)
    await eventually('none is left', async () => (await cards.count()) === 0)
    expect(await live()).toEqual([`دو ${handle}`, `سه ${handle}`, `یک ${handle}`].sort())
    await context.close()
  })

  it('failed for its text: leads to the text, and goes out when it is tried again', async () => {
    const handle = `failing${Date.now()}`
    const channel = await newChannel({ handle })
    const text = `ناکام ${handle}`
    await refusedOn(channel.id, text)
    const { page, context } = await newPerson(browser)
    await logIn(page)
    await page.goto('/attention')
    const card = page.getByRole('listitem').filter({ hasText: text })
    await card.getByText(fa.state.failed).waitFor()
    await card.getByRole('link', { name: fa.attention.open }).click()
    await eventually('the text has the focus', async () =>
      page.evaluate(() => document.activeElement?.id === 'field/text'),
    )
    await page.goBack()
    await card.getByRole('button', { name: fa.app.retry }).click()
    await card.waitFor({ state: 'detached' })
    await eventually('it is live', async () => {
      const response = await fetch(`${dev.sandboxUrl}/accounts/${handle}/posts`)
      return ((await response.json()) as unknown[]).length === 1
    })
    await context.close()
  })

  it('was missed: gets a new time', async () => {
    const handle = `later${Date.now()}`
    const channel = await newChannel({ handle })
    const [id = ''] = await missedOn(channel.id, [`بعداً ${handle}`])
    const { page, context } = await newPerson(browser)
    await logIn(page)
    await page.goto('/attention')
    const card = page.getByRole('listitem').filter({ hasText: handle })
    await card.getByRole('button', { name: fa.attention.newTime }).click()
    await page.getByRole('dialog').getByRole('button', { name: fa.compose.schedule }).click()
    await card.waitFor({ state: 'detached' })
    await eventually('it is to come', async () => {
      type Read = { state: string; dueAt: string }
      const { body } = await api<Read>('GET', `/v1/publications/${id}`)
      return body.state === 'planned' && Date.parse(body.dueAt) > Date.now()
    })
    await context.close()
  })

  it('never reached publishing: it goes out on a press, and nothing else of its post', async () => {
    const handle = `vanished${Date.now()}`
    const channel = await newChannel({ handle })
    const other = await newChannel({ handle: `beside${handle}` })
    const { postId, id } = await missingOn(channel.id, `ناپدید ${handle}`, other.id)
    const { page, context } = await newPerson(browser, { width: 390 })
    await logIn(page)
    await page.goto('/attention')
    const card = page.getByRole('listitem').filter({ hasText: handle })
    await card.getByText(fa.state.missing).waitFor()
    await card.getByRole('button', { name: fa.compose.publishNow }).click()
    await card.waitFor({ state: 'detached' })
    const stateOf = async (one: string) => {
      const { body } = await api<{ publications: { id: string; state: string }[] }>(
        'GET',
        `/v1/posts/${postId}`,
      )
      return body.publications.find((publication) => publication.id === one)?.state
    }
    await eventually('it is live', async () => (await stateOf(id)) === 'published')
    const { body } = await api<{ publications: { id: string; state: string }[] }>(
      'GET',
      `/v1/posts/${postId}`,
    )
    expect(body.publications.map(({ state }) => state).sort()).toEqual(['planned', 'published'])
    await api('POST', `/v1/posts/${postId}/cancel`)
    await context.close()
  })

  it('never reached publishing: its card goes when the post is taken back elsewhere', async () => {
    const handle = `withdrawn${Date.now()}`
    const channel = await newChannel({ handle })
    const other = await newChannel({ handle: `beside${handle}` })
    const { postId } = await missingOn(channel.id, `پس‌گرفته ${handle}`, other.id)
    const { page, context } = await newPerson(browser)
    await logIn(page)
    await page.goto('/attention')
    const card = page.getByRole('listitem').filter({ hasText: handle })
    await card.waitFor()
    await api('POST', `/v1/posts/${postId}/cancel`)
    await card.waitFor({ state: 'detached' })
    await context.close()
  })

  it('is told why it cannot be published as new, where that was asked', async () => {
    const handle = `asnew${Date.now()}`
    const channel = await newChannel({ handle, keyed: 'none' })
    await onSandbox('/admin/faults', { kind: 'drop_reply', handle, times: 1 })
    const id = await publishOn(channel.id, `بی‌پاسخ ${handle}`)
    const { page, context } = await newPerson(browser)
    await logIn(page)
    await page.goto('/attention')
    const card = page.getByRole('listitem').filter({ hasText: handle })
    await card.getByText(fa.state.unconfirmed).waitFor({ timeout: 60_000 })
    await page.route(`**/v1/publications/${id}/resolve`, (route) =>
      route.fulfill({
        status: 503,
        contentType: 'application/problem+json',
        body: JSON.stringify({ code: 'unavailable', detail: '', fix: '' }),
      }),
    )
    await card.getByRole('button', { name: fa.attention.accept }).click()
    const dialog = page.getByRole('alertdialog')
    await dialog.getByRole('button', { name: fa.attention.accept }).click()
    await dialog.getByText(fa.wrong.unavailable).waitFor()
    await page.unroute(`**/v1/publications/${id}/resolve`)
    await dialog.getByRole('button', { name: fa.attention.accept }).click()
    await dialog.waitFor({ state: 'detached' })
    await card.waitFor({ state: 'detached' })
    await context.close()
  })

  it('for want of access: the channel is connected again, and all that failed because of it is tried again', async () => {
    const handle = `locked${Date.now()}`
    const account = { handle }
    const channel = await newChannel(account)
    await missedOn(channel.id, [`یک ${handle}`, `دو ${handle}`])
    const { token } = await onSandbox('/accounts', account)
    const { page, context } = await newPerson(browser)
    await logIn(page)
    await page.goto(`/channels/connect?network=sandbox&channel=${channel.id}`)
    // What is no secret is known.
    const url = page.locator('input[name=url]')
    await eventually(
      'the address is filled in',
      async () => (await url.inputValue()) === dev.sandboxUrl,
    )
    await page.locator('input[name=token]').fill(token)
    await page.getByRole('button', { name: fa.channels.connect }).click()
    await page.waitForURL('**/channels?connected=**')
    await page.getByRole('button', { name: /تلاش دوبارهٔ هر/ }).click()
    await eventually('both are live', async () => {
      const response = await fetch(`${dev.sandboxUrl}/accounts/${handle}/posts`)
      return ((await response.json()) as unknown[]).length === 2
    })
    await context.close()
  })
})
