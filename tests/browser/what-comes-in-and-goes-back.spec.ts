import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { api, dev } from '../flows/stack/api.ts'
import { axeOf, logIn, newPerson, openBrowser, words } from './stack/browser.ts'
import { inPublishing, newChannel, onSandbox } from './stack/trouble.ts'

const { fa } = words

describe('what comes in and goes back', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser?.close())

  /** What the account wrote to people. */
  const messagesOf = async (handle: string) => {
    const reply = await fetch(`${dev.sandboxUrl}/accounts/${handle}/messages`)
    const all = (await reply.json()) as { text: string; fromAccount: boolean }[]
    return all.filter(({ fromAccount }) => fromAccount).map(({ text }) => text)
  }

  it('an answer that did not go out is written otherwise, and sent once', async () => {
    const handle = `answers${Date.now()}`
    const { id: channelId } = await newChannel({ handle, name: handle })
    const from = `nasrin${Date.now()}`
    await onSandbox('/admin/messages', { handle, from, text: 'کی می‌رسد؟' })
    const { body } = await api<{ hold: { id: string } }>('POST', '/v1/holds', {
      scope: { kind: 'channel', channelId },
      reason: 'تعمیر',
    })
    const { page, complaints } = await newPerson(browser)
    await logIn(page)
    await page.goto('/conversations')
    await page.getByRole('button').filter({ hasText: from }).click()
    const answer = page.getByRole('textbox', { name: fa.conversations.answer })
    await answer.fill('ب'.repeat(1_001))
    await page.getByRole('button', { name: fa.conversations.send, exact: true }).click()
    await page.getByRole('alert').getByText(/۱٬۰۰۰/).waitFor()
    await answer.fill('هفتهٔ دیگر')
    await page.getByRole('button', { name: fa.conversations.send, exact: true }).click()
    const messages = page.getByRole('list', { name: fa.conversations.messages })
    await messages.getByText(fa.state.held).waitFor()
    await messages.getByRole('button', { name: 'اصلاح و فرستادن' }).click()
    expect(await answer.inputValue()).toBe('هفتهٔ دیگر')
    expect(await axeOf(page)).toEqual([])
    await answer.fill('همین فردا')
    await page.getByRole('button', { name: fa.conversations.send, exact: true }).click()
    await messages.getByText(fa.state.cancelled).waitFor()
    await messages.getByText('همین فردا').waitFor()
    await api('POST', `/v1/holds/${body.hold.id}/release`)
    await eventually('it is out', async () => (await messagesOf(handle)).length > 0)
    expect(await messagesOf(handle)).toEqual(['همین فردا'])
    // What was refused, the browser tells of.
    expect(complaints.filter((one) => !one.includes('422'))).toEqual([])
  })

  it('a channel that cannot be read says so, since when and why', async () => {
    const handle = `unread${Date.now()}`
    const { id } = await newChannel({ handle, name: handle })
    const reason = {
      code: 'server_trouble',
      message: { fa: 'شبکهٔ آزمایشی خودش مشکل دارد.', en: 'It has trouble of its own.' },
      fix: { fa: 'کاری لازم نیست.', en: 'Nothing to do.' },
    }
    const unreadable = { since: new Date(Date.now() - 3_600_000).toISOString(), reason }
    await inPublishing('update channels set unreadable = $2 where id = $1', [id, unreadable])
    const { page, complaints } = await newPerson(browser)
    await logIn(page)
    await page.goto('/channels')
    const card = page.getByRole('listitem').filter({ hasText: handle })
    await card.getByText(/خوانده نشده است/).waitFor()
    await card.getByText(reason.message.fa).waitFor()
    expect(await axeOf(page)).toEqual([])
    expect(complaints).toEqual([])
  })

  it('a post is shown as a server that reads Markdown will show it', async () => {
    const { body } = await api<{ items: { id: string; network: string; name: string }[] }>(
      'GET',
      '/v1/channels',
    )
    const channel = body.items.find(({ network }) => network === 'mastodon')
    if (!channel) throw new Error('no Mastodon channel')
    const become = (name: string, limits: object) =>
      inPublishing('update channels set name = $2, limits = $3 where id = $1', [
        channel.id,
        name,
        limits,
      ])
    const { page, complaints } = await newPerson(browser)
    await logIn(page)
    await become('نشانه‌خوان', { readsMarkdown: true })
    try {
      await page.goto('/compose')
      await page
        .locator('label', { has: page.getByRole('checkbox', { name: /نشانه‌خوان/ }) })
        .first()
        .click()
      await page
        .getByRole('textbox', { name: fa.compose.text, exact: true })
        .fill('- نان\n- شیر\n\n**مهم**')
      await page.getByRole('article').getByRole('listitem').filter({ hasText: 'نان' }).waitFor()
      await page.getByRole('article').locator('strong', { hasText: 'مهم' }).waitFor()
      await page.getByText(/قالب‌بندی می‌فهمد/).waitFor()
    } finally {
      await become(channel.name, {})
    }
    expect(complaints).toEqual([])
  })
})
