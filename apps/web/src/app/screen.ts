import { lazyRouteComponent } from '@tanstack/react-router'
import { causeOfMissingChunk } from '../kit/lazy-with-retry.ts'

/**
 * A screen that is loaded when it is gone to. A file that is missing on a server that answers is one of the version
 * before: the router then loads the page anew, once. While the server is away the page stays, and says so.
 */
export const screen: typeof lazyRouteComponent = (importer, name) =>
  lazyRouteComponent(
    () =>
      importer().catch(async (error) => {
        throw await causeOfMissingChunk(error)
      }),
    name,
  )
