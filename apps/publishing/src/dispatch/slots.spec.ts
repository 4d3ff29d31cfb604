import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { Pace } from './pace.ts'
import { Slots } from './slots.ts'

const places = 4
const never = () => new Promise<void>(() => undefined)

/** All places in use again and again, as each slow request gives its own up. */
function fill(slots: Slots, network: string) {
  let begun = 0
  while (slots.free > 0 && !slots.fullNetworks.includes(network)) {
    slots.take(never(), network)
    begun += 1
    if (slots.free === 0) jest.advanceTimersByTime(250)
  }
  return begun
}

describe('the places of a replica', () => {
  const slots = () => new Slots(new Pace(places), () => undefined)
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['performance'] })
  })
  afterEach(() => {
    jest.useRealTimers()
  })

  it('gives the place of a slow request to others', () => {
    const some = slots()
    for (let i = 0; i < places; i++) some.take(never(), 'slow')
    expect(some.free).toBe(0)
    jest.advanceTimersByTime(250)
    expect(some.free).toBe(places)
  })

  it('leaves room beside networks that never answer, however many they are', () => {
    const some = slots()
    const counts = ['one', 'two', 'three'].map((network) => fill(some, network))
    expect(counts).toEqual([34, 17, 9])
    expect(some.fullNetworks).toEqual(['one', 'two', 'three'])
    expect(some.free).toBe(places)
  })

  it('has room for a network again when it answers', async () => {
    const some = slots()
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

  it('waits for a quarter of the places before a turn, or for a moment', async () => {
    const some = slots()
    let answer: () => void = () => undefined
    some.take(new Promise<void>((resolve) => (answer = resolve)), 'one')
    for (let i = 1; i < places; i++) some.take(never(), 'one')
    const gathered = some.gather()
    answer()
    await gathered
    expect(some.free).toBe(1)
  })
})
