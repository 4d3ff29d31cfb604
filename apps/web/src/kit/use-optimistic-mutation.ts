import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query'
import { sayProblem } from './say-problem.ts'
import { toast } from './toasts.tsx'

interface OptimisticMutation<Given, Answer, Kept> {
  /** Queries under this key are updated optimistically; everything under its first segment is refetched afterwards. */
  queryKey: QueryKey
  /** The optimistic value of a cached query; left out where it cannot be known. */
  shown?: (kept: Kept, given: Given) => Kept
  carryOut: (given: Given) => Promise<Answer>
  /** The toast shown on success, if any. */
  said: (answer: Answer, given: Given) => { text: string; tone?: 'bad' } | null
  /** Reverts the change; offered in the toast unless its tone is bad. */
  undo?: (answer: Answer, given: Given) => Promise<unknown>
  /** First key segments of other queries to refetch. */
  alsoRead?: readonly string[]
  /** The caller shows `error` itself; no toast for a refusal. */
  isSaidHere?: boolean
}

/** The one way in which screens change things: optimistic where possible, rolled back on a refusal, undone on request. */
export function useOptimisticMutation<Given, Answer, Kept>({
  queryKey,
  shown,
  carryOut,
  said,
  undo,
  alsoRead = [],
  isSaidHere = false,
}: OptimisticMutation<Given, Answer, Kept>) {
  const queries = useQueryClient()
  const readAgain = () =>
    Promise.all(
      [queryKey.slice(0, 1), ...alsoRead.map((word) => [word])].map((key) =>
        queries.invalidateQueries({ queryKey: key }),
      ),
    )
  return useMutation({
    mutationFn: carryOut,
    onMutate: async (given: Given) => {
      if (!shown) return { before: [] }
      await queries.cancelQueries({ queryKey })
      const before = queries.getQueriesData<Kept>({ queryKey })
      queries.setQueriesData<Kept>({ queryKey }, (kept) => kept && shown(kept, given))
      return { before }
    },
    onError: (error, _given, context) => {
      for (const [key, kept] of context?.before ?? []) queries.setQueryData(key, kept)
      if (!isSaidHere) sayProblem(error)
    },
    onSuccess: (answer, given) => {
      const word = said(answer, given)
      if (!word) return
      const { text, tone = 'plain' } = word
      const back = () =>
        void undo?.(answer, given)
          .catch(sayProblem)
          .finally(() => void readAgain())
      toast(text, { tone, ...(undo && tone === 'plain' && { undo: back }) })
    },
    onSettled: readAgain,
  })
}
