import { type ComponentType, lazy } from 'react'
import { Unreachable } from '../api/problem.ts'
import { sayProblem } from './say-problem.ts'

/** The pause between two tries to load a part, while the server is away. */
const pauseMs = 2_000
const reloadedAs = 'hamava.reloaded'

/**
 * Why a file could not be fetched: the server is away (`Unreachable`), or answers and has another version (`error`).
 */
export async function causeOfMissingChunk(error: unknown): Promise<unknown> {
  const isThere = await fetch('/health/ready', { cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  )
  return isThere ? error : new Unreachable(String(error))
}

/**
 * A component that is loaded on demand. While the server is away that is said, and loading goes on until the server is
 * back; if the file belongs to an older version, the page is reloaded, once.
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
