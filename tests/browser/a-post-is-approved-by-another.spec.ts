import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { api, channelOn } from '../flows/stack/api.ts'
import { type Somebody, somebody } from '../flows/stack/somebody.ts'
import { logIn, newPerson, openBrowser, words } from './stack/browser.ts'

const { fa } = words

describe('approval', () => {
  let browser: Browser
  let reza: Somebody
  beforeAll(async () => {
    browser = await openBrowser()
    reza = await somebody('approver', 'رضا')
    await api('PUT', '/v1/approval-policy', { approval: 'other_person' })
  })
  afterAll(async () => {
    await api('PUT', '/v1/approval-policy', { approval: 'none' })
    await browser?.close()
  })

  const stateOf = async (id: string) =>
    (await api<{ state: string }>('GET', `/v1/posts/${id}`)).body.state

  const inAnHour = async (text: string) => {
    const { id: channelId } = await channelOn('sandbox')
    const at = new Date(Date.now() + 3_600_000).toISOString()
    const body = { text, targets: [{ channelId }], schedule: { at } }
    return (await api<{ id: string; version: number }>('POST', '/v1/posts', body)).body
  }

  it('is taken back as soon as it was given, and the post waits again', async () => {
    const text = `زود تأیید شد ${Date.now()}`
    const { id } = await inAnHour(text)
    const { page, context } = await newPerson(browser)
    await logIn(page, 'fa', reza)
    await page.goto('/approvals')
    const card = page.getByRole('listitem').filter({ hasText: text })
    await card.getByRole('button', { name: fa.approvals.approve }).click()
    await card.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: fa.app.undo }).click()
    await card.waitFor()
    await eventually('it waits again', async () => (await stateOf(id)) === 'in_review')
    await api('POST', `/v1/posts/${id}/cancel`)
    await context.close()
  })

  it('is not given to words that nobody has read', async () => {
    const text = `پیش از ویرایش ${Date.now()}`
    const { id, version } = await inAnHour(text)
    const { page, context } = await newPerson(browser)
    await logIn(page, 'fa', reza)
    // The page is as it was when it was opened, as if it had not heard of anything since.
    let opened: unknown
    await page.route('**/v1/posts?**', async (route) => {
      opened ??= await (await route.fetch()).json()
      await route.fulfill({ json: opened })
    })
    await page.goto('/approvals')
    const card = page.getByRole('listitem').filter({ hasText: text })
    await card.waitFor()
    const edit = { text: `${text}، دیگر شد` }
    await api('PATCH', `/v1/posts/${id}`, edit, { 'if-match': `"${version}"` })
    await card.getByRole('button', { name: fa.approvals.approve }).click()
    await page.getByText(fa.wrong.changed).waitFor()
    expect(await stateOf(id)).toBe('in_review')
    await page.unroute('**/v1/posts?**')
    await page.reload()
    await card.filter({ hasText: edit.text }).waitFor()
    await api('POST', `/v1/posts/${id}/cancel`)
    await context.close()
  })

  it('is for the post that was read: the second tap of two does not approve what comes under the thumb', async () => {
    const text = `دو بار زده شد ${Date.now()}`
    const ids = [await inAnHour(`یک ${text}`), await inAnHour(`دو ${text}`)].map(({ id }) => id)
    const { page, context } = await newPerson(browser, { width: 390, height: 844 })
    await logIn(page, 'fa', reza)
    await page.goto('/approvals')
    const cards = page.getByRole('listitem').filter({ hasText: text })
    await eventually('both wait', async () => (await cards.count()) === 2)
    const approve = cards.first().getByRole('button', { name: fa.approvals.approve })
    await approve.evaluate(async (button: HTMLElement) => {
      const { x, y, width, height } = button.getBoundingClientRect()
      const tap = () => {
        const under = document.elementFromPoint(x + width / 2, y + height / 2)
        under?.closest('button')?.click()
      }
      tap()
      // As soon as the next card has come to its place.
      while (button.isConnected) await new Promise(requestAnimationFrame)
      tap()
    })
    const states = async () => (await Promise.all(ids.map(stateOf))).sort()
    await page.getByText(fa.approvals.approved, { exact: true }).waitFor()
    expect(await states()).toEqual(['approved', 'in_review'])
    expect(await cards.count()).toBe(1)
    for (const id of ids) await api('POST', `/v1/posts/${id}/cancel`)
    await context.close()
  })

  it('is refused for a reason that is never lost nor cut, however long it is', async () => {
    const text = `دلیل بلند ${Date.now()}`
    const { id } = await inAnHour(text)
    const { page, context } = await newPerson(browser)
    await logIn(page, 'fa', reza)
    await page.goto('/approvals')
    const card = page.getByRole('listitem').filter({ hasText: text })
    const ask = () => card.getByRole('button', { name: fa.approvals.request }).click()
    const reason = page.getByRole('textbox', { name: fa.approvals.reason })
    await ask()
    const typed = 'د'.repeat(5_001)
    await reason.fill(typed)
    await page.getByText(fa.compose.over.replace('{{number}}', '۱')).waitFor()
    const send = page.getByRole('dialog').getByRole('button', { name: fa.approvals.request })
    expect(await send.isDisabled()).toBe(true)
    await page.reload()
    await ask()
    expect(await reason.inputValue()).toBe(typed)
    await reason.fill(typed.slice(1))
    await send.click()
    await eventually('it is sent', async () => (await stateOf(id)) === 'changes_requested')
    expect(await page.evaluate(() => Object.keys(localStorage).join())).not.toContain('reason')
    await context.close()
  })

  it('is asked for in the composer, and given or refused by somebody else with three keys', async () => {
    const writer = await newPerson(browser)
    await logIn(writer.page)
    const text = `لطفاً ببینید ${Date.now()}`
    await writer.page.goto('/compose')
    await writer.page
      .locator('label', { has: writer.page.getByRole('checkbox', { name: /hamava/ }) })
      .first()
      .click()
    await writer.page.getByRole('textbox', { name: fa.compose.text, exact: true }).fill(text)
    await writer.page.getByRole('radio', { name: fa.compose.now }).click()
    await writer.page.getByText(fa.compose.nowWaits).waitFor()
    await writer.page.getByRole('button', { name: fa.compose.submit }).click()
    await writer.page.waitForURL('**/calendar**')
    await writer.context.close()
    const later = `دومی ${text}`
    await inAnHour(later)
    const { body } = await api<{ items: { id: string; text: string }[] }>(
      'GET',
      '/v1/posts?state=in_review',
    )
    const idOf = (said: string) => body.items.find((post) => post.text === said)?.id ?? ''
    const [first, second] = [idOf(text), idOf(later)]

    const { page, context } = await newPerson(browser, { width: 390, height: 844 })
    await logIn(page, 'fa', reza)
    await page.goto('/approvals')
    const cards = page.getByRole('listitem').filter({ hasText: text })
    await eventually('both wait', async () => (await cards.count()) === 2)
    // The newest comes first.
    await page.keyboard.press('j')
    await page.keyboard.press('a')
    await eventually('the first is approved', async () => (await stateOf(first)) === 'approved')
    await eventually('it goes out at once, as it was to', async () => {
      const { body } = await api<{ progress: string }>('GET', `/v1/posts/${first}`)
      return body.progress === 'published'
    })
    await page.keyboard.press('r')
    const reason = page.getByRole('textbox', { name: fa.approvals.reason })
    await reason.waitFor()
    await page.keyboard.type('پیوند ندارد')
    expect(await reason.inputValue()).toBe('پیوند ندارد')
    await page.getByRole('dialog').getByRole('button', { name: fa.approvals.request }).click()
    await eventually(
      'changes are asked for',
      async () => (await stateOf(second)) === 'changes_requested',
    )
    await page.getByText(fa.approvals.empty).waitFor()
    await context.close()
  })
})
