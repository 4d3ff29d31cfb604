/**
 * What the screens cost a browser, against their budgets: on a running system (`npm start`) with the built app, a
 * month of 1,000 posts and another of 10,000. Prints a table; exits non-zero when a budget does not hold.
 *
 *     npm run bench:web
 */
import '../stack/running-system.ts'

// They read where the system runs when they are loaded.
const { logIn, newPerson, openBrowser } = await import('../stack/browser.ts')
const { clearCalendar, measureList, measureMonth, measureWeek, months, seedCalendar } =
  await import('./calendar.ts')
const { clearChannels, measureComposer, seedChannels } = await import('./composer.ts')
const { clearInbox, measureInbox, seedInbox } = await import('./inbox.ts')
const { measureLoad } = await import('./page-load.ts')

await seedCalendar()
await seedChannels()
await seedInbox()
const browser = await openBrowser()
const { page, context } = await newPerson(browser)
const devtools = await context.newCDPSession(page)
await logIn(page)

const address = `/calendar?view=month&on=${months.thousand}-15`
await measureLoad(page, devtools, { screen: 'calendar', address, atMostKB: 300 })
await measureLoad(page, devtools, { screen: 'composer', address: '/compose', atMostKB: 400 })
await measureMonth(page)
await measureWeek(page)
await measureList(page)
await measureComposer(page)
await measureInbox(page)

await browser.close()
await Promise.all([clearCalendar(), clearChannels(), clearInbox()])
