import type { CDPSession, Page } from 'playwright-core'
import { note } from './budgets.ts'

/** Largest paint, layout shifts and bytes of a load with nothing kept, over 10 Mbit/s. */
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
      new Promise<{ paint: number; shift: number; firstByte: number; kB: number }>((done) => {
        const facts = { paint: 0, shift: 0, firstByte: 0, kB: 0 }
        const [navigation] = performance.getEntriesByType('navigation')
        facts.firstByte = (navigation as PerformanceNavigationTiming).responseStart
        const parts = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
        for (const { name, encodedBodySize } of parts)
          if (/\.(js|css|woff2)$/.test(name)) facts.kB += encodedBodySize / 1_000
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

/** @param atMostKB of JavaScript, styles and fonts, as they cross the wire. */
export async function measureLoad(
  page: Page,
  devtools: CDPSession,
  { screen, address, atMostKB }: { screen: string; address: string; atMostKB: number },
): Promise<void> {
  const quick = await load(page, devtools, address, 1)
  const slow = await load(page, devtools, address, 4)
  note(`${screen}: largest paint, 10 Mbit`, quick.paint, 'ms', 1_500)
  note(`${screen}: largest paint, 10 Mbit, 4 times slower`, slow.paint, 'ms', 2_800)
  note(`${screen}: layout shift`, Math.max(quick.shift, slow.shift), '', 0.05)
  note(`${screen}: first byte`, quick.firstByte, 'ms', 200)
  note(`${screen}: scripts, styles and fonts`, quick.kB, 'kB', atMostKB)
}
