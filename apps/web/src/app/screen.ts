import { lazyRouteComponent } from '@tanstack/react-router'
import { Unreachable } from '../api/problem.ts'

/**
 * A screen that is loaded when it is gone to. A file that is missing on a server that answers is one of the version
 * before: the router then loads the page anew, once. While the server is away the page stays, and says so.
 */
export const screen: typeof lazyRouteComponent = (importer, name) =>
  lazyRouteComponent(async () => {
    try {
      return await importer()
    } catch (error) {
      const isThere = await fetch('/health/ready', { cache: 'no-store' }).then(
        ({ ok }) => ok,
        () => false,
      )
      throw isThere ? error : new Unreachable(String(error))
    }
  }, name)
