import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { api, channelOn } from '../flows/stack/api.ts'
import { type Somebody, somebody } from '../flows/stack/somebody.ts'
import { logIn, newPerson, openBrowser, words } from './stack/browser.ts'

const { fa } = words

describe('keys', () => {
  let browser: Browser
  let kiana: Somebody
  beforeAll(async () => {
    browser = await openBrowser()
    kiana = await somebody('manager', 'کیانا')
    await api('PUT', '/v1/approval-policy', { approval: 'other_person' })
  })
  afterAll(async () => {
    await api('PUT', '/v1/approval-policy', { approval: 'none' })
    await browser?.close()
  })

  const written = async (text: string) => {
    const { id: channelId } = await channelOn('sandbox')
    const at = new Date(Date.now() + 7_200_000).toISOString()
    const body = { text, targets: [{ channelId }], schedule: { at } }
    return (await api<{ id: string }>('POST', '/v1/posts', body)).body.id
  }
  const stateOf = async (id: string) =>
    (await api<{ state: string }>('GET', `/v1/posts/${id}`)).body.state

  it('that lead to the approvals approve nothing there, nor does one that is held down', async () => {
    const text = `تأیید ${Date.now()}`
    const ids = [await written(`یک ${text}`), await written(`دو ${text}`)]
    const { page, context } = await newPerson(browser)
    await logIn(page, 'fa', kiana)
    await page.goto('/approvals')
    const cards = page.getByRole('listitem').filter({ hasText: text })
    await eventually('both wait', async () => (await cards.count()) === 2)
    await page.keyboard.press('g')
    await page.keyboard.press('a')
    await page.keyboard.press('g')
    await page.keyboard.press('l')
    await page.waitForURL('**/calendar**')
    expect(await Promise.all(ids.map(stateOf))).toEqual(['in_review', 'in_review'])
    await page.goBack()
    await eventually('both still wait', async () => (await cards.count()) === 2)
    // Held down: the browser repeats the press.
    await page.keyboard.down('a')
    await page.keyboard.down('a')
    await page.keyboard.down('a')
    await page.keyboard.up('a')
    const approved = async () =>
      (await Promise.all(ids.map(stateOf))).filter((state) => state === 'approved').length
    await eventually('one is approved', async () => (await approved()) === 1)
    await eventually('one is left', async () => (await cards.count()) === 1)
    // What follows at once is not meant for the card that has just come.
    await eventually('the other is, too', async () => {
      await page.keyboard.press('a')
      return (await cards.count()) === 0
    })
    await context.close()
  })

  it('do nothing behind an open window', async () => {
    const { page, context } = await newPerson(browser)
    await logIn(page)
    await page.goto('/channels')
    await page.getByRole('button', { name: fa.channels.remove }).first().click()
    await page.getByRole('alertdialog').waitFor()
    await page.keyboard.press('c')
    await page.keyboard.press('Escape')
    await page.getByRole('alertdialog').waitFor({ state: 'detached' })
    expect(new URL(page.url()).pathname).toBe('/channels')
    await context.close()
  })

  it('find what can be done, in either language: another language, the kill switch', async () => {
    const { page, context } = await newPerson(browser)
    await logIn(page, 'fa', kiana)
    await page.getByRole('heading', { level: 1, name: fa.nav.calendar }).waitFor()
    await page.keyboard.press('Control+k')
    const search = page.getByPlaceholder(fa.commands.placeholder)
    await search.fill('emergency')
    await page.keyboard.press('Enter')
    await page.getByRole('alertdialog', { name: fa.attention.killTitle }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('alertdialog').waitFor({ state: 'detached' })
    await page.keyboard.press('Control+k')
    await search.fill('تیره')
    await page.keyboard.press('Enter')
    await eventually('it is dark', async () =>
      page.evaluate(() => document.documentElement.dataset.theme === 'dark'),
    )
    await context.close()
  })
})
