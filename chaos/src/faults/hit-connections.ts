import { setTimeout as pause } from 'node:timers/promises'
import { between, type Random, wholeBetween } from '../random.ts'
import type { Stage } from '../stage.ts'
import { type Touch, touchesAll } from '../touched.ts'
import type { Inject } from './injected.ts'

type Way = keyof Stage['proxies']

/** Planned publications do not wait for NATS. */
const touchesOf = (stage: Stage, way: Way, startedAt: number): Touch[] =>
  way === 'nats' ? [] : [touchesAll(startedAt, Date.now(), stage.afterMs)]

/** Resets some connections, or all: requests under way lose their reply or are never read. */
export const cutTo =
  (way: Way): Inject =>
  async (stage, random) => {
    const proxy = stage.proxies[way]
    const share = between(random, 0.3, 1)
    let cut = proxy.cut(() => random() < share)
    while (cut === 0) {
      // A cut that meets no connection is tried again.
      await pause(5)
      cut = proxy.cut(() => random() < share)
    }
    return { what: `${cut} connections`, touches: touchesOf(stage, way, Date.now()) }
  }

export const delayTo =
  (way: Way): Inject =>
  async (stage, random, lastsMs) => {
    const ms = wholeBetween(random, 30, 400)
    const startedAt = Date.now()
    stage.proxies[way].delay(ms)
    await pause(lastsMs)
    stage.proxies[way].delay(0)
    return { what: `by ${ms} ms for ${lastsMs} ms`, touches: touchesOf(stage, way, startedAt) }
  }

/** Connections stay open and nothing passes: the silence of a half-open connection. */
export const silence =
  (way: Way): Inject =>
  async (stage: Stage, _random: Random, lastsMs: number) => {
    const startedAt = Date.now()
    stage.proxies[way].hold()
    await pause(lastsMs)
    stage.proxies[way].release()
    return { what: `for ${lastsMs} ms`, touches: touchesOf(stage, way, startedAt) }
  }
