import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { api } from '../flows/stack/api.ts'
import { ownWorkspace } from '../flows/stack/own-workspace.ts'
import { type Somebody, somebody } from '../flows/stack/somebody.ts'
import { logIn, newPerson, openBrowser, words } from './stack/browser.ts'

const { fa } = words

describe('a session', () => {
  let browser: Browser
  let home: string
  const other = `برند دوم ${Date.now()}`
  // Somebody of their own, who is at home in two workspaces.
  let mina: Somebody
  beforeAll(async () => {
    browser = await openBrowser()
    home = (await api<{ workspace: { name: string } }>('GET', '/v1/me')).body.workspace.name
    mina = await somebody('owner', 'مینا')
    const { owner } = await ownWorkspace(other)
    const { email, name } = mina
    await api('POST', '/v1/members', { email, name, role: 'owner' }, owner)
  })
  afterAll(() => browser?.close())

  const picker = (page: Page) => page.getByRole('button', { name: fa.nav.workspace })
  const goOnIn = async (page: Page, name: string) => {
    await picker(page).click()
    await page.getByRole('option', { name }).click()
    await picker(page).filter({ hasText: name }).waitFor()
  }

  it('goes on in another workspace with all of the page, in every tab', async () => {
    const { page, context } = await newPerson(browser)
    await logIn(page, 'fa', mina)
    await picker(page).filter({ hasText: home }).waitFor()
    const second = await context.newPage()
    await second.goto('/channels')
    await second.getByRole('listitem').getByRole('heading', { level: 2 }).first().waitFor()
    await goOnIn(page, other)
    expect(new URL(page.url()).pathname).toBe('/calendar')
    // The demo channels belong to the other one.
    await picker(second).filter({ hasText: other }).waitFor()
    await second.getByText(fa.channels.empty).waitFor()
    await context.close()
  })

  it('carries out what is asked in a tab that has not heard of a new login', async () => {
    const { page, context } = await newPerson(browser)
    await logIn(page, 'fa', mina)
    await page.goto('/settings?tab=you')
    await page.getByRole('heading', { name: fa.preferences.title }).waitFor()
    // As if another tab had logged in again, and this one slept meanwhile.
    const response = await context.request.post('/v1/login', {
      data: { email: mina.email, password: mina.password },
    })
    expect(response.ok()).toBe(true)
    const told = page.waitForResponse(
      (one) => one.url().endsWith('/v1/me/preferences') && one.status() === 200,
    )
    await page.getByRole('radio', { name: fa.preferences.light }).click()
    await told
    await context.close()
  })
})
