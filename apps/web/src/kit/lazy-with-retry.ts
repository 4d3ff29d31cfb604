import { type ComponentType, lazy } from 'react'
import { Unreachable } from '../api/problem.ts'
import { sayProblem } from './say-problem.ts'

/** Between two tries to fetch what is wanted, while the server is away. */
const pauseMs = 2_000
const reloadedAs = 'hamava.reloaded'

/** What is wrong with a file that could not be fetched: is the server away, or has it another version by now? */
export async function causeOfMissingChunk(error: unknown): Promise<unknown> {
  const isThere = await fetch('/health/ready', { cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  )
  return isThere ? error : new Unreachable(String(error))
}

/**
 * A part that is loaded when it is wanted. While the server is away it is said so, and the part comes when the server
 * does; where its file is of a version before, the page is loaded anew, once.
 */
export const lazyWithRetry = <Props>(load: () => Promise<{ default: ComponentType<Props> }>) =>
  lazy(async () => {
    for (let tries = 0; ; tries++) {
      try {
        return await load()
      } catch (error) {
        const why = await causeOfMissingChunk(error)
        if (!(why instanceof Unreachable)) {
          if (sessionStorage.getItem(reloadedAs) === String(error)) throw error
          sessionStorage.setItem(reloadedAs, String(error))
          location.reload()
        } else if (tries === 0) sayProblem(why)
        await new Promise((done) => setTimeout(done, pauseMs))
      }
    }
  })
