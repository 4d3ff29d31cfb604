/**
 * What the screens cost a browser, against their budgets: on a running system (`npm start`) with the built app, a
 * month of 1,000 posts and another of 10,000. Prints a table; exits non-zero when a budget does not hold.
 *
 *     npm run bench:web
 */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import pg from 'pg'
import type { CDPSession, Page } from 'playwright-core'

const root = resolve(import.meta.dirname, '../..')
process.env.HAMAVA_FLOWS_DEV ??= readFileSync(join(root, '.hamava/dev.json'), 'utf8')
const { api, dev } = await import('../flows/stack/api.ts')
const { logIn, newPerson, openBrowser, words } = await import('./stack/browser.ts')

/** Months of their own, far from what people plan. */
const months = { thousand: '2031-01', tenThousand: '2031-02' }

const { databaseUrl } = dev as typeof dev & { databaseUrl: string }

async function withDatabase(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await work(client).finally(() => client.end())
}

/** No real id begins like this: they begin with the time. */
const seeded = 'pub_00000'

async function clear(client: pg.Client): Promise<void> {
  await client.query('delete from scheduling.calendar_entries where publication_id like $1', [
    `${seeded}%`,
  ])
}

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

interface Line {
  what: string
  value: number
  unit: string
  atMost: number
}

const lines: Line[] = []
const note = (what: string, value: number, unit: string, atMost: number) =>
  lines.push({ what, value, unit, atMost })

const median = (values: number[]) =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

/** Largest paint and layout shifts of a fresh load. */
async function load(page: Page, devtools: CDPSession, address: string, slowdown: number) {
  await devtools.send('Network.clearBrowserCache')
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 20,
    downloadThroughput: 10_000_000 / 8,
    uploadThroughput: 10_000_000 / 8,
  })
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  await page.goto(address)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForTimeout(1_500)
  const seen = await page.evaluate(
    () =>
      new Promise<{ paint: number; shift: number; firstByte: number }>((done) => {
        const facts = { paint: 0, shift: 0, firstByte: 0 }
        const [navigation] = performance.getEntriesByType('navigation')
        facts.firstByte = (navigation as PerformanceNavigationTiming).responseStart
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) facts.paint = entry.startTime
        }).observe({ type: 'largest-contentful-paint', buffered: true })
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[])
            facts.shift += entry.value
        }).observe({ type: 'layout-shift', buffered: true })
        setTimeout(() => done(facts), 200)
      }),
  )
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: -1,
  })
  return seen
}

/** From a press to the next paint, for everything that is pressed meanwhile: the slowest, and the one in the middle. */
async function pressing(page: Page, work: () => Promise<void>) {
  await page.evaluate(() => {
    const pressed: number[] = []
    Object.assign(globalThis, { pressed })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { interactionId: number })[])
        if (entry.interactionId > 0) pressed.push(entry.duration)
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit)
  })
  await work()
  await page.waitForTimeout(300)
  const all = await page.evaluate(() => (globalThis as unknown as { pressed: number[] }).pressed)
  // What takes less than a frame is not told of.
  return { slowest: Math.max(16, ...all), middle: all.length > 0 ? median(all) : 16 }
}

await withDatabase(clear)
await seed(months.thousand, 1_000, 0)
await seed(months.tenThousand, 10_000, 1_000)
const browser = await openBrowser()
const { page, context } = await newPerson(browser)
const devtools = await context.newCDPSession(page)
await logIn(page)

for (const [screen, address] of [
  ['calendar', `/calendar?view=month&on=${months.thousand}-15`],
  ['composer', '/compose'],
] as const) {
  const quick = await load(page, devtools, address, 1)
  const slow = await load(page, devtools, address, 4)
  note(`${screen}: largest paint, 10 Mbit`, quick.paint, 'ms', 1_500)
  note(`${screen}: largest paint, 10 Mbit, 4 times slower`, slow.paint, 'ms', 2_800)
  note(`${screen}: layout shift`, Math.max(quick.shift, slow.shift), '', 0.05)
  note(`${screen}: first byte`, quick.firstByte, 'ms', 200)
}

await page.goto(`/calendar?view=month&on=${months.thousand}-15`)
await page.getByRole('listitem').nth(20).getByRole('link').first().waitFor()
const read = await page.evaluate(async () => {
  const times: number[] = []
  let bytes = 0
  for (let round = 0; round < 11; round++) {
    const begun = performance.now()
    const query = 'from=2030-12-25T00:00:00Z&to=2031-02-01T00:00:00Z&limit=1000'
    bytes = (await (await fetch(`/v1/calendar?${query}`)).arrayBuffer()).byteLength
    times.push(performance.now() - begun)
  }
  return { times, bytes }
})
note('a month of 1,000: one answer', read.bytes / 1_000, 'kB', 300)
note('a month of 1,000: time of the answer', median(read.times), 'ms', 200)
note(
  'a month of 1,000: nodes',
  await page.evaluate(() => document.querySelectorAll('*').length),
  '',
  1_500,
)

const day = page.getByRole('listitem').nth(20)
const card = day.getByRole('link').nth(1)
const moving = await pressing(page, async () => {
  await card.focus()
  await page.keyboard.press('m')
  for (let at = 0; at < 6; at++) await page.keyboard.press('ArrowDown', { delay: 60 })
  await page.keyboard.press('Escape')
})
note('a month of 1,000: a card that is moved by a key, to paint', moving.slowest, 'ms', 50)
const turn = (name: string) => page.getByRole('button', { name, exact: true }).click()
const switching = await pressing(page, async () => {
  for (let round = 0; round < 3; round++) {
    await turn(words.fa.calendar.previous)
    await page.waitForTimeout(400)
    await turn(words.fa.calendar.next)
    await card.waitFor()
    await page.waitForTimeout(400)
  }
})
note('a month of 1,000: to another month and back, to paint', switching.slowest, 'ms', 100)
const opening = await pressing(page, async () => {
  await day.getByRole('button').last().click()
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+KeyK')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
})
const presses = [moving, switching, opening].map(({ middle }) => middle)
note('calendar: any press to paint, in the middle', median(presses), 'ms', 100)
note(
  'calendar: any press to paint, the slowest',
  Math.max(opening.slowest, switching.slowest),
  'ms',
  200,
)

await page.goto(`/calendar?view=list&on=${months.tenThousand}-15`)
await page.getByRole('heading', { level: 3 }).first().waitFor({ timeout: 60_000 })
note(
  'a list of 10,000: nodes',
  await page.evaluate(() => document.querySelectorAll('*').length),
  '',
  1_500,
)
const frames = await page.evaluate(
  () =>
    new Promise<number>((done) => {
      const times: number[] = []
      let last = performance.now()
      const step = () => {
        const now = performance.now()
        times.push(now - last)
        last = now
        scrollBy(0, 600)
        if (times.length < 90) requestAnimationFrame(step)
        else done(times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0)
      }
      requestAnimationFrame(step)
    }),
)
note('a list of 10,000: 95 of 100 frames while scrolling', frames, 'ms', 34)

await page.goto('/compose')
await page.getByRole('checkbox').first().waitFor()
for (const box of await page.locator('label:has(input[type=checkbox])').all()) await box.click()
await page.locator('[id="field/text"]').focus()
await page.evaluate(() => {
  const taken: number[] = []
  Object.assign(globalThis, { taken })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) taken.push(entry.duration)
  }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit)
})
const typed = 'هم‌آوا برای گروه‌های بزرگ است. '.repeat(4)
await page.keyboard.type(typed, { delay: 30 })
await page.waitForTimeout(500)
const slowKeys = await page.evaluate(() => (globalThis as unknown as { taken: number[] }).taken)
note('composer, all channels: slowest key to paint', Math.max(16, ...slowKeys), 'ms', 100)

await browser.close()
await withDatabase(clear)

for (const { what, value, unit, atMost } of lines) {
  const isOver = value > atMost
  if (isOver) process.exitCode = 1
  const shown = value < 1 ? value.toFixed(3) : Math.round(value)
  console.log(`${isOver ? '✗' : '✓'} ${what}: ${shown} ${unit} of ${atMost}`)
}
