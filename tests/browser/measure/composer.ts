import type { Page } from 'playwright-core'
import { api } from '../../flows/stack/api.ts'
import { newChannel } from '../stack/trouble.ts'
import { median, note, quantile } from './budgets.ts'
import { pressing, untilSeen } from './pressing.ts'

const wanted = 12

const added: string[] = []

/** As many channels as a budget speaks of. */
export async function seedChannels(): Promise<void> {
  const { body } = await api<{ items: unknown[] }>('GET', '/v1/channels?limit=100')
  for (let at = body.items.length; at < wanted; at++) {
    const { id } = await newChannel({ handle: `measure${Date.now()}`, name: `کانال ${at}` })
    added.push(id)
  }
}

export async function clearChannels(): Promise<void> {
  for (const id of added) await api('DELETE', `/v1/channels/${id}`)
}

export async function measureComposer(page: Page): Promise<void> {
  await page.goto('/compose')
  const boxes = page.locator('label:has(input[type=checkbox])')
  await boxes.first().waitFor()
  for (const box of (await boxes.all()).slice(0, wanted)) await box.click()
  await page.locator('[id="field/text"]').focus()
  const typed = 'هم‌آوا برای گروه‌های بزرگ است. '.repeat(4)
  const keys = await pressing(page, () => page.keyboard.type(typed, { delay: 30 }), {
    kinds: ['keydown'],
    times: typed.length,
  })
  note('composer, 12 channels: a key to paint, in the middle', median(keys), 'ms', 16)
  note('composer, 12 channels: 95 of 100 keys to paint', quantile(keys, 0.95), 'ms', 100)
  const previews: number[] = []
  for (let at = 0; at < 10; at++) {
    const given = `(${at})`
    const act = () => page.keyboard.insertText(given)
    previews.push(await untilSeen(page, { event: 'input', act, isSeen: isPreviewed, given }))
  }
  const slowest = Math.max(...previews)
  note('composer, 12 channels: what is typed in the preview, slowest', slowest, 'ms', 100)
}

/** The preview shows paragraphs; the field has none. */
const isPreviewed = (text: string) =>
  [...document.querySelectorAll('main p')].some((one) => one.textContent?.includes(text))
