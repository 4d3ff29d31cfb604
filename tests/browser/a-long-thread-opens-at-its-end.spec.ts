import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { channelOn } from '../flows/stack/api.ts'
import { somebody } from '../flows/stack/somebody.ts'
import { logIn, newPerson, openBrowser, words } from './stack/browser.ts'
import { onSandbox } from './stack/trouble.ts'

const { fa } = words

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

it('a long thread opens at its newest message, with the answer beneath it, and an answer is of one person', async () => {
  const { handle } = await channelOn('sandbox')
  const from = `parvin${Date.now()}`
  for (let at = 1; at <= 40; at++)
    await onSandbox('/admin/messages', {
      handle: handle.replace(/^@/, ''),
      from,
      text: `پیام ${at}`,
    })
  const person = await somebody('community')
  const { page, context } = await newPerson(browser)
  await logIn(page, 'fa', person)
  await page.goto('/conversations')
  const row = page.getByRole('button').filter({ hasText: from })
  await row.filter({ hasText: 'پیام 40' }).click()
  const newest = page.getByRole('list', { name: fa.conversations.messages }).getByText('پیام 40')
  const answer = page.getByRole('textbox', { name: fa.conversations.answer })
  const isInView = (element: Element) => {
    const { top, bottom } = element.getBoundingClientRect()
    return top >= 0 && bottom <= innerHeight
  }
  await eventually('the newest is in view', () => newest.evaluate(isInView))
  expect(await answer.evaluate(isInView)).toBe(true)
  await answer.fill('از مینا')
  await page.reload()
  await eventually('it is back', async () => (await answer.inputValue()) === 'از مینا')

  await page.request.post('/v1/logout')
  await context.clearCookies()
  const other = await somebody('community', 'کیانا')
  const open = page.url()
  await logIn(page, 'fa', other)
  await page.goto(open)
  await answer.waitFor()
  expect(await answer.inputValue()).toBe('')
  await context.close()
})
