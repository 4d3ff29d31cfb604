import { lazyRouteComponent } from '@tanstack/react-router'
import { causeOfMissingChunk } from '../kit/lazy-with-retry.ts'

/**
 * A screen that is loaded on navigation. If the server answers but the file is missing, the page is of the version
 * before: the router then reloads it, once. While the server is away the page stays, and says so.
 */
export const screen: typeof lazyRouteComponent = (importer, name) =>
  lazyRouteComponent(
    () =>
      importer().catch(async (error) => {
        throw await causeOfMissingChunk(error)
      }),
    name,
  )
