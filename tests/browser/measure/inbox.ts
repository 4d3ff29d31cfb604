import { eventually } from '@hamava/service-kit/testing'
import type { Page } from 'playwright-core'
import { api, channelOn } from '../../flows/stack/api.ts'
import { onSandbox } from '../stack/trouble.ts'
import { note, quantile } from './budgets.ts'
import { untilSeen } from './pressing.ts'

const count = 12

interface Conversation {
  id: string
  excerpt: string
  version: number
}

const added: Conversation[] = []

/** So many people have written. */
export async function seedInbox(): Promise<void> {
  const { handle } = await channelOn('sandbox')
  const stamp = Date.now().toString(36)
  for (let at = 0; at < count; at++) {
    await onSandbox('/admin/messages', {
      handle: handle.replace(/^@/, ''),
      from: `reader${stamp}${at}`,
      text: `پرسش ${stamp}-${at}`,
    })
  }
  const heard = await eventually('they are heard of', async () => {
    const { body } = await api<{ items: Conversation[] }>('GET', '/v1/conversations?state=open')
    const ours = body.items.filter(({ excerpt }) => excerpt.includes(stamp))
    return ours.length === count ? ours : null
  })
  added.push(...heard)
}

export async function clearInbox(): Promise<void> {
  for (const { id, version } of added) {
    const headers = { 'if-match': `"${version}"` }
    await api('PATCH', `/v1/conversations/${id}`, { state: 'done' }, headers)
  }
}

/** From `J` to the thread of the next conversation. */
export async function measureInbox(page: Page): Promise<void> {
  await page.goto('/conversations')
  await page.getByRole('button', { name: /پرسش/ }).first().click()
  await page.getByRole('textbox').waitFor()
  const times: number[] = []
  for (let at = 0; at < count - 2; at++) {
    // A person reads what is there, and lets go of the field.
    await page.waitForTimeout(300)
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    const given = (await page.locator('main h2').first().textContent()) ?? ''
    const act = () => page.keyboard.press('j')
    times.push(await untilSeen(page, { event: 'keydown', act, isSeen: isAnother, given }))
  }
  note('inbox: the next conversation, 9 of 10', quantile(times, 0.9), 'ms', 100)
}

/** Another thread, with the place to answer it. */
const isAnother = (before: string) => {
  const heading = document.querySelector('main h2')?.textContent
  const field = document.querySelector('main textarea, main [contenteditable]')
  return Boolean(heading) && heading !== before && field !== null
}
