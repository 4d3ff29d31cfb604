import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { dev } from '../flows/stack/api.ts'
import { somebody } from '../flows/stack/somebody.ts'
import { logIn, newPerson, openBrowser, words } from './stack/browser.ts'

const { fa } = words

describe('what is wrong', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser?.close())

  it('is said at the field and in the language of the page, and nothing is lost', async () => {
    const nika = await somebody('manager', 'نیکا')
    // The browser itself speaks English.
    const { page, context } = await newPerson(browser, { language: 'en' })
    await page.goto('/login')
    await page.getByText('فارسی').click()
    await page.getByRole('button', { name: fa.login.submit, exact: true }).click()
    await page.getByText(fa.wrong.missing).first().waitFor()
    await logIn(page, 'fa', nika)
    await page.goto('/settings')
    await page.getByRole('tab', { name: fa.settings.members }).click()
    await page.getByRole('button', { name: fa.settings.invite }).click()
    const dialog = page.getByRole('dialog')
    const send = dialog.getByRole('button', { name: fa.settings.invite })
    const name = dialog.getByRole('textbox', { name: fa.settings.name, exact: true })
    const email = dialog.getByRole('textbox', { name: fa.login.email })
    await name.fill('سارا')
    // The browser takes it, the server does not.
    await email.fill('sara@home')
    await dialog.getByLabel(fa.settings.initial).fill('short')
    await send.click()
    await dialog.getByText(fa.wrong.email).waitFor()
    await dialog.getByText(fa.wrong.password).waitFor()
    expect(await dialog.getByText(/Invalid|needs at least/).count()).toBe(0)
    await email.press('Control+A')
    await email.pressSequentially(dev.email)
    // While the field still has the focus: nothing moves from under the pointer on the way to the button.
    await dialog.getByText(fa.wrong.email).waitFor({ state: 'detached' })
    await dialog.getByLabel(fa.settings.initial).fill('a long password')
    await send.click()
    await dialog.getByText(fa.wrong.memberExists).waitFor()
    expect(await name.inputValue()).toBe('سارا')
    await context.close()
  })

  it('is said of a wrong password and of a time that has passed', async () => {
    const { page, context } = await newPerson(browser)
    await page.goto('/login')
    await page.getByLabel(fa.login.email).fill(dev.email)
    await page.getByLabel(fa.login.password, { exact: true }).fill('not the password')
    await page.getByRole('button', { name: fa.login.submit, exact: true }).click()
    await page.getByText(/گذرواژه نادرست است/).waitFor()
    expect(await page.getByLabel(fa.login.email).inputValue()).toBe(dev.email)
    await logIn(page)
    await page.goto('/compose')
    const text = page.getByRole('textbox', { name: fa.compose.text, exact: true })
    await text.fill('سلام از گذشته')
    await page.locator('[data-type=year]').click()
    await page.keyboard.type('۱۴۰۴')
    await page.getByText(fa.compose.past).waitFor()
    expect(await text.inputValue()).toBe('سلام از گذشته')
    await context.close()
  })
})
