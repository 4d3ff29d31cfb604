import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { api, dev } from '../flows/stack/api.ts'
import { logIn, newPerson, openBrowser, words } from './stack/browser.ts'
import { missedOn, newChannel, onSandbox, publishOn } from './stack/trouble.ts'

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
})
