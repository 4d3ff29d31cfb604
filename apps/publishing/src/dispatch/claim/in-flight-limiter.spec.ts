import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { AdaptiveLimit } from './adaptive-limit.ts'
import { InFlightLimiter } from './in-flight-limiter.ts'

const permits = 4
const never = () => new Promise<void>(() => undefined)

/** Takes every permit again and again, as each slow request gives its own up. */
function fill(limiter: InFlightLimiter, network: string) {
  let begun = 0
  while (limiter.free > 0 && !limiter.fullNetworks.includes(network)) {
    limiter.take(never(), network)
    begun += 1
    if (limiter.free === 0) jest.advanceTimersByTime(250)
  }
  return begun
}

describe('the in-flight limiter', () => {
  const limiter = () => new InFlightLimiter(new AdaptiveLimit(permits), () => undefined)
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['performance'] })
  })
  afterEach(() => {
    jest.useRealTimers()
  })

  it('gives the permit of a slow request to others', () => {
    const some = limiter()
    for (let i = 0; i < permits; i++) some.take(never(), 'slow')
    expect(some.free).toBe(0)
    jest.advanceTimersByTime(250)
    expect(some.free).toBe(permits)
  })

  it('leaves room beside networks that never answer, however many they are', () => {
    const some = limiter()
    const counts = ['one', 'two', 'three'].map((network) => fill(some, network))
    expect(counts).toEqual([34, 17, 9])
    expect(some.fullNetworks).toEqual(['one', 'two', 'three'])
    expect(some.free).toBe(permits)
  })

  it('has room for a network again when it answers', async () => {
    const some = limiter()
    const answers: (() => void)[] = []
    for (let i = 0; i < 34; i++) {
      some.take(new Promise<void>((resolve) => answers.push(resolve)), 'one')
      jest.advanceTimersByTime(250)
    }
    expect(some.fullNetworks).toEqual(['one'])
    answers[0]?.()
    await Promise.resolve()
    await Promise.resolve()
    expect(some.fullNetworks).toEqual([])
  })

  it('waits for a quarter of the permits before a turn, or for a moment', async () => {
    const some = limiter()
    let answer: () => void = () => undefined
    some.take(new Promise<void>((resolve) => (answer = resolve)), 'one')
    for (let i = 1; i < permits; i++) some.take(never(), 'one')
    const gathered = some.waitForPermits()
    answer()
    await gathered
    expect(some.free).toBe(1)
  })
})
