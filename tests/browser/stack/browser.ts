import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { en } from '../../../apps/web/src/language/words/en.ts'
import { fa } from '../../../apps/web/src/language/words/fa.ts'
import { dev } from '../../flows/stack/api.ts'

export const words = { fa, en }
export type Language = keyof typeof words

export interface Look {
  language?: Language
  theme?: 'light' | 'dark'
  width?: number
  height?: number
}

/** A Chromium with nothing of its own to say to the network. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.HAMAVA_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })

/** Somebody with an empty profile; what the page complains of is gathered. */
export async function newPerson(
  browser: Browser,
  { language = 'fa', theme = 'light', width = 1280, height = 900 }: Look = {},
): Promise<{ context: BrowserContext; page: Page; complaints: string[] }> {
  const context = await browser.newContext({
    baseURL: dev.gatewayUrl,
    viewport: { width, height },
    locale: language === 'fa' ? 'fa-IR' : 'en-GB',
    timezoneId: 'Asia/Tehran',
    colorScheme: theme,
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  return { context, page, complaints }
}

/**
 * A browser that has no shared workers, as some have not: the pages then hold the live stream themselves, where
 * a spec can also refuse it.
 */
export const withoutSharedWorkers = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript(() => {
    Reflect.deleteProperty(globalThis, 'SharedWorker')
  })

/** Through the login, by what can be read on it. */
export async function logIn(
  page: Page,
  language: Language = 'fa',
  { email, password }: Pick<typeof dev, 'email' | 'password'> = dev,
): Promise<void> {
  const { login } = words[language]
  await page.goto('/login')
  await page.getByLabel(login.email).fill(email)
  await page.getByRole('textbox', { name: login.password }).fill(password)
  await page.getByRole('button', { name: login.submit, exact: true }).click()
  await page.waitForURL('**/calendar**')
}

/** Of what passes, and of where it is, nothing is told: to say it of a busy month takes longer than to look. */
const violationsOnly = {
  resultTypes: ['violations' as const],
  selectors: false,
  xpath: false,
  // For rules that are not asked: how styles turn a screen, and what plays by itself.
  preload: false,
}

/** What axe finds on a page as it is now. Our pages have no frames, for which it would open a page of its own each time. */
export async function axeOf(page: Page): Promise<{ id: string; where: string[] }[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options(violationsOnly)
  const { violations } = await axe.analyze()
  return violations.map(({ id, nodes }) => ({
    id,
    where: nodes.map(({ html }) => html.slice(0, 200)),
  }))
}

/** Presses Tab until what has the focus is what is looked for. */
export async function tabTo(page: Page, what: string, isIt: (focused: Element) => boolean) {
  for (let press = 0; press < 120; press++) {
    await page.keyboard.press('Tab')
    const found = await page.evaluate((source) => {
      const matches = new Function('focused', `return (${source})(focused)`)
      return document.activeElement !== null && matches(document.activeElement)
    }, isIt.toString())
    if (found) return
  }
  throw new Error(`the Tab key does not lead to ${what}`)
}
