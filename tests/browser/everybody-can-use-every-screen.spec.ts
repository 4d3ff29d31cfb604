import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { axeOf, type Language, logIn, newPerson, openBrowser } from './stack/browser.ts'
import { aBusyMonth, endBusyMonth } from './stack/seeds.ts'

type Given = [
  state: 'full' | 'empty' | 'broken' | 'forbidden',
  Language,
  'light' | 'dark',
  width: number,
]

const given: Given[] = [
  ['full', 'fa', 'light', 1280],
  ['full', 'fa', 'dark', 390],
  ['full', 'en', 'light', 390],
  ['full', 'en', 'dark', 1280],
  ['empty', 'fa', 'light', 390],
  ['empty', 'fa', 'dark', 1280],
  ['empty', 'en', 'light', 1280],
  ['empty', 'en', 'dark', 390],
  ['broken', 'fa', 'light', 1280],
  ['broken', 'fa', 'dark', 390],
  ['broken', 'en', 'light', 390],
  ['broken', 'en', 'dark', 1280],
  ['forbidden', 'fa', 'light', 390],
  ['forbidden', 'en', 'dark', 1280],
]

const lists =
  /\/v1\/(channels|calendar|posts|publications|holds|conversations|members|api-keys|audit-events|attention)(\?|$)/

describe('every screen', () => {
  let browser: Browser
  let busy: Awaited<ReturnType<typeof aBusyMonth>>
  beforeAll(async () => {
    browser = await openBrowser()
    busy = await aBusyMonth()
  })
  afterAll(async () => {
    await endBusyMonth()
    await browser?.close()
  })

  const screens = () => [
    '/calendar?view=month',
    '/calendar?view=week',
    '/calendar?view=list&drafts=true',
    '/compose',
    `/posts/${busy.postId}`,
    '/posts/post_00000000000000000000000000',
    '/approvals',
    '/attention',
    `/publications/${busy.publicationId}`,
    '/conversations',
    `/conversations?open=${busy.conversationId}`,
    '/channels',
    '/channels/connect?network=mastodon',
    '/connected?error=access_denied',
    '/settings',
    '/settings?tab=policy',
    '/settings?tab=members',
    '/settings?tab=keys',
    '/settings?tab=audit',
  ]

  /**
   * Every list is empty, cannot be read, or is not for this member. Said within the page: with a route in between, a
   * browser would load the whole program again for each screen.
   */
  const pretend = (page: Page, state: Given[0]) =>
    page.addInitScript(
      ({ pattern, as }) => {
        const real = window.fetch
        const answer = (body: unknown, status = 200) =>
          new Response(JSON.stringify(body), {
            status,
            headers: {
              'content-type': status === 200 ? 'application/json' : 'application/problem+json',
            },
          })
        const problem = {
          detail: 'content does not answer',
          fix: 'Try again.',
          code: 'unavailable',
        }
        const nothing = { failed: 0, unconfirmed: 0, missed: 0, held: 0, risk: 0, missing: 0 }
        window.fetch = async (input, init) => {
          const { pathname, search } = new URL(new Request(input, init).url)
          if (as === 'empty' && pathname === '/v1/attention') return answer(nothing)
          if (new RegExp(pattern).test(pathname + search)) {
            if (as === 'empty') return answer({ items: [], nextCursor: null })
            return answer(problem, as === 'broken' ? 503 : 403)
          }
          const reply = await real(input, init)
          if (as !== 'forbidden' || pathname !== '/v1/me') return reply
          return answer({ ...(await reply.json()), permissions: [] })
        }
      },
      { pattern: lists.source, as: state },
    )

  /** What axe finds on a page, and whether it runs over its edge. */
  async function faultsOf(page: Page, screen: string): Promise<unknown[]> {
    const found: unknown[] = (await axeOf(page)).map((fault) => ({ screen, ...fault }))
    const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth + 1)
    return isWide ? [...found, { screen, id: 'wider than the window' }] : found
  }

  async function onScreens(page: Page, screens: string[]): Promise<unknown[]> {
    const found: unknown[] = []
    for (const screen of screens) {
      await page.goto(screen)
      await page.getByRole('heading', { level: 1 }).waitFor()
      // What is on its way is there, or its failure is: both end the waiting.
      await page
        .getByText(/^(Loading|در حال بارگذاری) …$/)
        .first()
        .waitFor({ state: 'detached' })
      found.push(...(await faultsOf(page, screen)))
    }
    return found
  }

  async function inWindows(page: Page): Promise<unknown[]> {
    const found: unknown[] = []
    for (const [key, window] of [
      ['Shift+Slash', 'all keys'],
      ['Control+KeyK', 'the commands'],
    ] as const) {
      await page.keyboard.press(key)
      await page.getByRole('dialog').waitFor()
      found.push(...(await faultsOf(page, window)))
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
    return found
  }

  it.each(given)(
    'has nothing that axe finds, nor runs over its edge: %s, %s, %s, %i wide',
    async (state, language, theme, width) => {
      const { page, context } = await newPerson(browser, { language, theme, width })
      await page.goto('/login')
      await page.getByRole('button').first().waitFor()
      const atLogin = await faultsOf(page, '/login')
      await logIn(page, language)
      // Four tabs share the way, as it is long and waits a good deal.
      const tabs = [page, await context.newPage(), await context.newPage(), await context.newPage()]
      const all = screens()
      const found = await Promise.all(
        tabs.map(async (tab, at) => {
          if (state !== 'full') await pretend(tab, state)
          const mine = all.filter((_, index) => index % tabs.length === at)
          return onScreens(tab, mine)
        }),
      )
      const inside = await inWindows(page)
      await context.close()
      expect([...atLogin, ...found.flat(), ...inside]).toEqual([])
    },
    // Twenty screens are looked at, each some seconds long.
    300_000,
  )
})
