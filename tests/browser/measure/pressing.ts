import type { Page } from 'playwright-core'

/** The browser tells of what took longer than a frame, in steps of 8 ms. */
const frameMs = 16

interface Pressed {
  name: string
  duration: number
}

/**
 * From a press to the next paint, in milliseconds, for every press of the kinds during the work. What the browser does
 * not tell of took a frame at most, and counts as one: `times` says how many presses there were.
 */
export async function pressing(
  page: Page,
  work: () => Promise<void>,
  { kinds = ['pointerup', 'click', 'keydown'], times = 1 } = {},
): Promise<number[]> {
  await page.evaluate((atLeast) => {
    const pressed: Pressed[] = []
    Object.assign(globalThis, { pressed })
    new PerformanceObserver((list) => {
      for (const { name, duration } of list.getEntries()) pressed.push({ name, duration })
    }).observe({ type: 'event', durationThreshold: atLeast } as PerformanceObserverInit)
  }, frameMs)
  await work()
  await page.waitForTimeout(300)
  const told = await page.evaluate(() => (globalThis as unknown as { pressed: Pressed[] }).pressed)
  const all = told.filter(({ name }) => kinds.includes(name)).map(({ duration }) => duration)
  return [...all, ...Array(Math.max(0, times - all.length)).fill(frameMs)]
}

/** The times between frames while something moves, in milliseconds; the page stops counting when it is asked for them. */
export async function countFrames(page: Page): Promise<() => Promise<number[]>> {
  await page.evaluate(() => {
    const frames: number[] = []
    let last = performance.now()
    const step = () => {
      const now = performance.now()
      frames.push(now - last)
      last = now
      if (!(globalThis as { isStill?: boolean }).isStill) requestAnimationFrame(step)
    }
    Object.assign(globalThis, { frames, isStill: false })
    requestAnimationFrame(step)
  })
  return () =>
    page.evaluate(() => {
      Object.assign(globalThis, { isStill: true })
      return (globalThis as unknown as { frames: number[] }).frames
    })
}

/**
 * From the next event of a kind to the first frame at which something can be seen, in milliseconds.
 * @param isSeen runs in the page; what it is given must be able to go there.
 */
export async function untilSeen<Given>(
  page: Page,
  { event, act, isSeen, given }: Watched<Given>,
): Promise<number> {
  await page.evaluate(
    ({ event, source, given }) => {
      const isSeen = new Function('given', `return (${source})(given)`) as (
        given: unknown,
      ) => boolean
      const seen = new Promise<number>((done, fail) => {
        setTimeout(() => fail(new Error(`not seen after ${event}`)), 10_000)
        const begin = () => {
          const begun = performance.now()
          const look = () => {
            if (isSeen(given)) done(performance.now() - begun)
            else requestAnimationFrame(look)
          }
          look()
        }
        addEventListener(event, begin, { once: true, capture: true })
      })
      Object.assign(globalThis, { seen })
    },
    { event, source: isSeen.toString(), given },
  )
  await act()
  return await page.evaluate(() => (globalThis as unknown as { seen: Promise<number> }).seen)
}

interface Watched<Given> {
  event: 'input' | 'keydown'
  act: () => Promise<void>
  isSeen: (given: Given) => boolean
  given: Given
}
