/**
 * The main job as a person does it: a Chromium with an empty profile, nothing but the Persian words on the screen to go by,
 * and the pace of somebody who reads, points and types. On a running system (`npm start`). Prints the steps with their
 * seconds, and leaves a picture of each and a recording (for Playwright's trace viewer).
 *
 *     npm run walk -- FOLDER
 */
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { root } from './stack/running-system.ts'

const { dev } = await import('../flows/stack/api.ts')
const { newPerson, openBrowser } = await import('./stack/browser.ts')

const folder = resolve(process.argv[2] ?? join(root, '.hamava/walk'))
mkdirSync(folder, { recursive: true })

/** To see what comes next and decide (Card, Moran and Newell), to point at it, and to press one key. */
const pace = { decideMs: 1_350, pointMs: 1_100, keyMs: 200 }
/** People who are given two minutes from the login to a post that waits for its time. */
const limitSeconds = 120

const browser = await openBrowser()
const { page, context, complaints } = await newPerson(browser)
await context.tracing.start({ screenshots: true, snapshots: true, title: 'the main job' })

const begun = performance.now()
const steps: { seconds: number; what: string }[] = []
const think = () => page.waitForTimeout(pace.decideMs + pace.pointMs)

async function step(what: string, work: () => Promise<unknown>): Promise<void> {
  await work()
  const seconds = (performance.now() - begun) / 1000
  steps.push({ seconds, what })
  console.log(`${seconds.toFixed(1).padStart(6)} s  ${what}`)
  await page.screenshot({ path: join(folder, `${`${steps.length}`.padStart(2, '0')}.png`) })
}

/** Presses what says this; the first of several, from the top. */
async function press(words: string | RegExp, within = 'body'): Promise<void> {
  await think()
  const exact = typeof words === 'string'
  const said = page.locator(within).getByText(words, { exact })
  await said.filter({ visible: true }).first().click()
}

/** Finds the field beside these words, and types into it. */
async function write(words: string, text: string): Promise<void> {
  await press(words)
  await page.keyboard.type(text, { delay: pace.keyMs })
}

const said = `سلام از هم‌آوا؛ فهرست پاییز ${Date.now() % 10_000}`
await page.goto('/')
await page.getByText('ورود').first().waitFor()
await step('صفحهٔ ورود باز است', async () => {})
// That nobody is logged in yet is an answer with an error's status.
complaints.length = 0
await step('رایانامه', () => write('رایانامه', dev.email))
await step('گذرواژه', () => write('گذرواژه', dev.password))
await step('ورود', async () => {
  await press('ورود')
  await page.getByText('تقویم').first().waitFor()
})
await step('فرستهٔ تازه', () => press('فرستهٔ تازه'))
await step('برگزیدن کانال', () => press('هم‌آوا', 'label'))
await step('متن', () => write('متن', said))
// The next minute that is at least a quarter of one away: soon enough to wait for.
const due = new Date(Math.ceil((Date.now() + 45_000) / 60_000) * 60_000)
const wall = new Intl.DateTimeFormat('fa-IR', {
  timeZone: 'Asia/Tehran',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})
const [hour = '', minute = ''] = wall.format(due).split(':')
await step('ساعت، با رقم فارسی', async () => {
  await think()
  // What can be seen of the field: the hour and the minute that it proposes.
  const field = page.locator('[data-type=hour]')
  await field.click()
  await page.keyboard.type(hour + minute, { delay: pace.keyMs })
})
await step('زمان‌بندی', async () => {
  await press('زمان‌بندی')
  await page.waitForURL('**/calendar**')
})
const scheduledAfter = steps.at(-1)?.seconds ?? Number.NaN
const card = page.getByRole('link', { name: new RegExp(said) })
await step('در تقویم است', () => card.waitFor())
await step('منتشر شد، بی‌آن‌که صفحه تازه شود', () =>
  card.getByRole('img', { name: 'منتشرشده' }).waitFor({ state: 'attached', timeout: 120_000 }),
)

// Somebody on the network answers.
const posts = (await (await fetch(`${dev.sandboxUrl}/accounts/hamava/posts`)).json()) as {
  id: string
  text: string
}[]
const live = posts.find(({ text }) => text === said)
const comment = 'چه خوب! از کجا بخرم؟'
await fetch(`${dev.sandboxUrl}/admin/comments`, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ postId: live?.id, from: 'nima', text: comment }),
})
await step('گفت‌وگوها', () => press('گفت‌وگوها'))
await step('نظر تازه', () => press(new RegExp(comment)))
const answer = 'از فروشگاه ما؛ خوش آمدید'
await step('پاسخ', () => write('پاسخ', answer))
await step('فرستادن', () => press('فرستادن'))
await step('پاسخ منتشر شد', () => page.getByText('منتشرشده').first().waitFor())

await context.tracing.stop({ path: join(folder, 'recording.zip') })
await browser.close()
console.log(
  `\nfrom the login to a scheduled post: ${scheduledAfter.toFixed(1)} s of ${limitSeconds}`,
)
for (const complaint of complaints) console.log(`the page complained: ${complaint}`)
console.log(folder)
if (!(scheduledAfter <= limitSeconds) || complaints.length > 0) process.exitCode = 1
