import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { api, dev } from '../flows/stack/api.ts'
import { logIn, newPerson, openBrowser, words } from './stack/browser.ts'

const { fa } = words

interface Conversation {
  id: string
  excerpt: string
  state: string
}

describe('what is done at once', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser?.close())

  const written = async (text: string) => {
    await fetch(`${dev.sandboxUrl}/admin/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ handle: 'hamava', from: `reader${Date.now()}`, text }),
    })
    return eventually('it has arrived', async () => {
      const { body } = await api<{ items: Conversation[] }>('GET', '/v1/conversations')
      return body.items.find(({ excerpt }) => excerpt === text)
    })
  }
  const stateOf = async (id: string) =>
    (await api<Conversation>('GET', `/v1/conversations/${id}`)).body.state
  const rowOf = (page: Page, text: string) =>
    page
      .getByRole('main')
      .getByRole('listitem')
      .getByRole('button', { name: new RegExp(text) })

  it('is undone: a conversation that was called done too soon', async () => {
    const text = `پرسشی ${Date.now()}`
    const { id } = await written(text)
    const { page, context } = await newPerson(browser)
    await logIn(page)
    await page.goto('/conversations')
    await rowOf(page, text).click()
    await page.getByRole('button', { name: fa.conversations.markDone }).waitFor()
    await page.keyboard.press('e')
    await rowOf(page, text).waitFor({ state: 'detached' })
    await eventually('it is done', async () => (await stateOf(id)) === 'done')
    await page.getByRole('button', { name: fa.app.undo }).click()
    await rowOf(page, text).waitFor()
    await eventually('it is open again', async () => (await stateOf(id)) === 'open')
    await context.close()
  })

  it('goes back by itself when it is refused', async () => {
    const text = `پرسشی دیگر ${Date.now()}`
    const { id } = await written(text)
    const { page, context } = await newPerson(browser)
    await logIn(page)
    await page.route('**/v1/conversations/*', (route) =>
      route.request().method() === 'PATCH' ? route.abort() : route.fallback(),
    )
    await page.goto('/conversations')
    await rowOf(page, text).click()
    await page.getByRole('button', { name: fa.conversations.markDone }).click()
    await page.getByText(fa.wrong.unreachable).first().waitFor()
    await rowOf(page, text).waitFor()
    expect(await stateOf(id)).toBe('open')
    await context.close()
  })
})
