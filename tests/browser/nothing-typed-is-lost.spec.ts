import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { api, channelOn } from '../flows/stack/api.ts'
import { logIn, newPerson, openBrowser, words } from './stack/browser.ts'

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

  it('by two people at once is shown side by side, and neither is overwritten', async () => {
    const { id: channelId } = await channelOn('sandbox')
    const body = { text: 'نسخهٔ نخست', targets: [{ channelId }] }
    const { body: made } = await api<{ id: string }>('POST', '/v1/posts', body)
    const [one, other] = [await newPerson(browser), await newPerson(browser)]
    for (const { page } of [one, other]) {
      await logIn(page)
      await page.goto(`/posts/${made.id}`)
      await textOf(page).waitFor()
    }
    await textOf(one.page).fill('نسخهٔ سارا')
    await one.page.getByText(/^ذخیره شد،/).waitFor()
    await textOf(other.page).fill('نسخهٔ رضا')
    const dialog = other.page.getByRole('alertdialog')
    await dialog.getByText('نسخهٔ سارا').waitFor()
    await dialog.getByText('نسخهٔ رضا').waitFor()
    await dialog.getByRole('button', { name: fa.compose.keepBoth }).click()
    await eventually('both are kept', async () => {
      const { body: now } = await api<{ text: string }>('GET', `/v1/posts/${made.id}`)
      return now.text === 'نسخهٔ سارا\n\nنسخهٔ رضا'
    })
    await one.context.close()
    await other.context.close()
  })
})
