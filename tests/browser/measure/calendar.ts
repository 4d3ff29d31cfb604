import type pg from 'pg'
import type { Locator, Page } from 'playwright-core'
import { api } from '../../flows/stack/api.ts'
import { words } from '../stack/browser.ts'
import { withDatabase } from '../stack/database.ts'
import { median, note, quantile } from './budgets.ts'
import { countFrames, pressing, untilSeen } from './pressing.ts'

/** Months of their own, far from what people plan. */
export const months = { thousand: '2031-01', tenThousand: '2031-02' }

/** No real id begins like this: they begin with the time. */
const seeded = 'pub_00000'

export const clearCalendar = () =>
  withDatabase((client) =>
    client.query('delete from scheduling.calendar_entries where publication_id like $1', [
      `${seeded}%`,
    ]),
  )

async function seed(month: string, count: number, first: number): Promise<void> {
  const { body: me } = await api<{ workspace: { id: string } }>('GET', '/v1/me')
  const { body: channels } = await api<{ items: { id: string }[] }>('GET', '/v1/channels')
  const insert = (client: pg.Client) =>
    client.query(
      `insert into scheduling.calendar_entries (publication_id, workspace_id, post_id, channel_id,
       network, due_at, zone, state, excerpt, version, revision)
     select 'pub_' || lpad(($5::int + n)::text, 26, '0'), $1, 'post_' || lpad(($5::int + n)::text, 26, '0'),
            ($4::text[])[1 + n % cardinality($4::text[])], 'sandbox',
            ($2::text || '-01')::timestamptz + n * interval '28 days' / $3::int, 'Asia/Tehran', 'planned', 'نوشته‌ای برای سنجش، شمارهٔ ' || n, 1, 0
     from generate_series(0, $3::int - 1) as n`,
      [me.workspace.id, month, count, channels.items.map(({ id }) => id), first],
    )
  await withDatabase(insert)
}

export async function seedCalendar(): Promise<void> {
  await clearCalendar()
  await seed(months.thousand, 1_000, 0)
  await seed(months.tenThousand, 10_000, 1_000)
}

const nodesOf = (page: Page) => page.evaluate(() => document.querySelectorAll('*').length)

export async function measureMonth(page: Page): Promise<void> {
  await page.goto(`/calendar?view=month&on=${months.thousand}-15`)
  const day = page.getByRole('listitem', { name: /۲۵ دی/ })
  const card = day.getByRole('link', { name: /سنجش/ }).first()
  await card.waitFor()
  const { times, bytes } = await page.evaluate(async () => {
    const query = 'from=2030-12-25T00:00:00Z&to=2031-02-01T00:00:00Z&limit=1000'
    const times: number[] = []
    let bytes = 0
    for (let round = 0; round < 40; round++) {
      const begun = performance.now()
      bytes = (await (await fetch(`/v1/calendar?${query}`)).arrayBuffer()).byteLength
      times.push(performance.now() - begun)
    }
    return { times, bytes }
  })
  note('a month of 1,000: one answer', bytes / 1_000, 'kB', 300)
  note('a month of 1,000: 95 of 100 answers within', quantile(times, 0.95), 'ms', 200)
  note('a month of 1,000: nodes', await nodesOf(page), '', 1_500)

  const moves = await moving(page, card)
  note('a month of 1,000: a card that is moved by keys, slowest', Math.max(...moves), 'ms', 50)
  await dragging(page)
  const turns = await turning(page)
  const turned = quantile(turns, 0.9)
  note('a month of 1,000: to another month and back, 9 of 10 to paint', turned, 'ms', 100)
  const opening = await pressing(page, async () => {
    await day.getByRole('button').last().click()
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+KeyK')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
  })
  const all = [...turns, ...opening]
  note('calendar: any press to paint, in the middle', median(all), 'ms', 100)
  note('calendar: any press to paint, the slowest', Math.max(...all), 'ms', 200)
}

/** From Enter to the frame in which the card is on its new day. */
async function moving(page: Page, card: Locator): Promise<number[]> {
  const times: number[] = []
  // The server knows of no such post and refuses: not before the move has been seen.
  await page.route('**/v1/posts/*/schedule', async (route) => {
    await page.waitForTimeout(300)
    await route.continue()
  })
  for (let round = 0; round < 5; round++) {
    await card.focus()
    await page.keyboard.press('m')
    await page.keyboard.press('ArrowUp')
    const given = (await card.getAttribute('data-key'))?.split(' ')[0] ?? ''
    const act = () => page.keyboard.press('Enter')
    times.push(await untilSeen(page, { event: 'keydown', act, isSeen: isElsewhere, given }))
    await page.waitForTimeout(1_000)
  }
  return times
}

const isElsewhere = (id: string) => {
  const card = document.querySelector(`[data-key^="${id}"]`)
  return card !== null && !card.closest('li')?.ariaLabel?.includes('۲۵ دی')
}

/** To the days before and back, by presses. */
async function turning(page: Page): Promise<number[]> {
  const card = page.getByRole('link', { name: /سنجش/ }).first()
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  return pressing(
    page,
    async () => {
      for (let round = 0; round < 5; round++) {
        await press(words.fa.calendar.previous)
        await page.waitForTimeout(400)
        await press(words.fa.calendar.next)
        await card.waitFor()
        await page.waitForTimeout(400)
      }
    },
    { kinds: ['click'], times: 10 },
  )
}

/** A card that is carried over all days. */
async function dragging(page: Page): Promise<void> {
  const days = page.getByRole('listitem')
  const from = await days.nth(20).getByRole('link', { name: /سنجش/ }).first().boundingBox()
  if (!from) throw new Error('there is no card to drag')
  await page.mouse.move(from.x + 20, from.y + 10)
  await page.mouse.down()
  const frames = await countFrames(page)
  for (let at = 0; at < 120; at++) {
    await page.mouse.move(300 + (at % 40) * 15, 400 + Math.sin(at / 8) * 150)
  }
  const taken = (await frames()).slice(2)
  await page.keyboard.press('Escape')
  await page.mouse.up()
  note(
    'a month of 1,000: 95 of 100 frames while a card is dragged',
    quantile(taken, 0.95),
    'ms',
    20,
  )
}

/** The hours of a quarter of them. */
export async function measureWeek(page: Page): Promise<void> {
  await page.goto(`/calendar?view=week&on=${months.thousand}-15`)
  await page.getByRole('link', { name: /سنجش/ }).first().waitFor()
  note('a week of 250: nodes', await nodesOf(page), '', 4_500)
  const turns = await turning(page)
  note('a week of 250: to another week and back, 9 of 10 to paint', quantile(turns, 0.9), 'ms', 100)
}

export async function measureList(page: Page): Promise<void> {
  await page.goto(`/calendar?view=list&on=${months.tenThousand}-15`)
  await page.getByRole('heading', { level: 3 }).first().waitFor({ timeout: 60_000 })
  note('a list of 10,000: nodes', await nodesOf(page), '', 1_500)
  const frames = await countFrames(page)
  for (let at = 0; at < 90; at++) {
    await page.evaluate(
      () =>
        new Promise((done) =>
          requestAnimationFrame(() => {
            scrollBy(0, 600)
            done(undefined)
          }),
        ),
    )
  }
  note(
    'a list of 10,000: 95 of 100 frames while scrolling',
    quantile(await frames(), 0.95),
    'ms',
    34,
  )
}
