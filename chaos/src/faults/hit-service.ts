import { setTimeout as pause } from 'node:timers/promises'
import { killTaken, takeProcess } from '../stage.ts'
import type { Inject } from './injected.ts'

// Neither excuses lateness: planned publications leave without the other services.

export const killService: Inject = async (stage, random) => {
  const service = await takeProcess(stage, random, stage.services)
  await killTaken(stage, service)
  service.giveBack()
  return { what: service.name, touches: [] }
}

export const stopService: Inject = async (stage, random, lastsMs) => {
  const { name, giveBack } = await takeProcess(stage, random, stage.services)
  stage.stack.kill(name, 'SIGSTOP')
  try {
    await pause(lastsMs)
    return { what: `${name} for ${lastsMs} ms`, touches: [] }
  } finally {
    stage.stack.kill(name, 'SIGCONT')
    giveBack()
  }
}
