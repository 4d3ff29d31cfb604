import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { api, dev } from '../flows/stack/api.ts'
import { logIn, newPerson, openBrowser, words } from './stack/browser.ts'

const { fa } = words

const onSandbox = async (path: string, body: object) => {
  const response = await fetch(`${dev.sandboxUrl}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return (await response.json()) as { token: string }
}

describe('a publication that went wrong', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser?.close())

  it('is found under needs attention, with its cause, and goes out on a press', async () => {
    const handle = `lost${Date.now()}`
    const { token } = await onSandbox('/accounts', { handle, keyed: 'none' })
    const { body: channel } = await api<{ id: string }>('POST', '/v1/channels', {
      network: 'sandbox',
      method: 'access_token',
      fields: { url: dev.sandboxUrl, token },
    })
    await onSandbox('/admin/faults', { kind: 'drop_reply', handle, times: 1 })
    const text = `بی‌پاسخ ${handle}`
    await api('POST', '/v1/posts', {
      text,
      targets: [{ channelId: channel.id }],
      schedule: { now: true },
    })
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
})
