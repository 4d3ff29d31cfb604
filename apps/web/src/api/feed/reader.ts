import type { QueryClient, QueryKey } from '@tanstack/react-query'

/** Gathers a burst of events into one refetch. */
const gatherMs = 400

/**
 * Refetches what has changed. A fetch under way is not cancelled but followed by another, as events that come faster
 * than answers would otherwise cancel every fetch.
 */
export function readerOf(queries: QueryClient) {
  const stale = new Map<string, QueryKey>()
  let gathering: ReturnType<typeof setTimeout> | undefined
  let isReading = false
  const again = async (queryKey: QueryKey) => {
    const isOld = queries.isFetching({ queryKey }) > 0
    const read = () => queries.invalidateQueries({ queryKey }, { cancelRefetch: false })
    await read()
    if (isOld) await read()
  }
  const readAgain = async () => {
    gathering = undefined
    isReading = true
    const keys = [...stale.values()]
    stale.clear()
    await Promise.all(keys.map(again))
    isReading = false
    if (stale.size > 0) gather()
  }
  const gather = () => {
    if (!isReading) gathering ??= setTimeout(() => void readAgain(), gatherMs)
  }
  return {
    read(keys: readonly QueryKey[]) {
      for (const key of keys) stale.set(key.join(), key)
      gather()
    },
    stop: () => clearTimeout(gathering),
  }
}
