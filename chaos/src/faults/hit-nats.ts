import { rmSync } from 'node:fs'
import { natsStoreIn } from '@hamava/dev-stack'
import { killTaken, takeProcess } from '../stage.ts'
import type { Inject } from './injected.ts'

// Neither excuses lateness: planned publications leave without NATS.

export const killNats: Inject = async (stage, random) => {
  const nats = await takeProcess(stage, random, ['nats'])
  await killTaken(stage, nats)
  nats.giveBack()
  return { what: 'nats', touches: [] }
}

/** The disk of JetStream is gone: it comes back with no stream, no consumer and no memory of either. */
export const deleteNatsStorage: Inject = async (stage, random) => {
  const nats = await takeProcess(stage, random, ['nats'])
  await killTaken(stage, nats)
  rmSync(natsStoreIn(stage.dataDir), { recursive: true, force: true })
  nats.giveBack()
  return { what: 'nats with all its streams', touches: [] }
}
