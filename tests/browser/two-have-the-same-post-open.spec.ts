import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { api, channelOn } from '../flows/stack/api.ts'
import { somebody } from '../flows/stack/somebody.ts'
import { logIn, newPerson, openBrowser, words } from './stack/browser.ts'

const { fa } = words

describe('two who have the same post open', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser?.close())

  it('see each other, and who is writing', async () => {
    const { id: channelId } = await channelOn('sandbox')
    const body = { text: 'فرستهٔ مشترک', targets: [{ channelId }] }
    const { id } = (await api<{ id: string }>('POST', '/v1/posts', body)).body
    const mina = await newPerson(browser)
    const owner = await newPerson(browser)
    await logIn(mina.page, 'fa', await somebody('editor'))
    await logIn(owner.page)
    await mina.page.goto(`/posts/${id}`)
    await mina.page.locator('[id="field/text"]').fill('فرستهٔ مشترک، اکنون با مینا')
    await owner.page.goto(`/posts/${id}`)
    const note = new RegExp(fa.presence.writing.replace('{{names}}', '.?مینا'))
    await owner.page.getByRole('status').filter({ hasText: note }).waitFor()
    await mina.page.getByRole('link', { name: fa.nav.calendar }).first().click()
    await mina.page.waitForURL('**/calendar**')
    await owner.page.getByText(note).waitFor({ state: 'detached' })
    expect(await owner.page.locator('[id="field/text"]').isVisible()).toBe(true)
    await mina.context.close()
    await owner.context.close()
  })
})
