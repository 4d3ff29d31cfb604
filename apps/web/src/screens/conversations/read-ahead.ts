import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { conversation } from '../../api/queries.ts'
import type { Conversation } from '../../api/types.ts'

/** How many of the next threads are prefetched, for people who work through the list. */
const ahead = 2

/** Reads the conversations behind the one that is open. */
export function useReadAhead(all: readonly Conversation[] | undefined, open: string | undefined) {
  const queries = useQueryClient()
  const at = all?.findIndex(({ id }) => id === open) ?? -1
  const next = at < 0 ? [] : (all ?? []).slice(at + 1, at + 1 + ahead).map(({ id }) => id)
  const asked = next.join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same ids are the same list
  useEffect(() => {
    for (const id of next) void queries.prefetchQuery(conversation(id))
  }, [queries, asked])
}
