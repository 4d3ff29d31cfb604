import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { api, channelOn } from '../flows/stack/api.ts'
import { type Somebody, somebody } from '../flows/stack/somebody.ts'
import { logIn, newPerson, openBrowser, words } from './stack/browser.ts'

const { fa } = words

describe('a viewer', () => {
  let browser: Browser
  let vida: Somebody
  beforeAll(async () => {
    browser = await openBrowser()
    vida = await somebody('viewer', 'ویدا')
  })
  afterAll(() => browser?.close())

  it('reads a post without an editor, and is shown no places that are not for them', async () => {
    const { id: channelId } = await channelOn('sandbox')
    const text = `تنها برای خواندن ${Date.now()}`
    const at = new Date(Date.now() + 7_200_000).toISOString()
    const made = { text, targets: [{ channelId }], schedule: { at } }
    const { body } = await api<{ id: string }>('POST', '/v1/posts', made)
    const { page, context } = await newPerson(browser)
    await logIn(page, 'fa', vida)
    await page.goto(`/posts/${body.id}`)
    await page.getByText(fa.compose.readOnly).waitFor()
    await page.getByText(text).first().waitFor()
    expect(await page.getByRole('textbox').count()).toBe(0)
    expect(await page.getByRole('link', { name: fa.nav.compose }).count()).toBe(0)
    await page.goto('/compose')
    await page.getByText(fa.app.forbidden).waitFor()
    await page.goto('/channels/connect')
    await page.getByText(fa.app.forbidden).waitFor()
    await context.close()
  })
})
