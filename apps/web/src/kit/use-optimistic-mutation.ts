import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query'
import { sayProblem } from './say-problem.ts'
import { toast } from './toasts.tsx'

interface OptimisticMutation<Given, Answer, Kept> {
  /** What these keys begin with is shown differently at once, and all that their first word names is read again afterwards. */
  queryKey: QueryKey
  /** What was read before, as it will be; left out where that cannot be known. */
  shown?: (kept: Kept, given: Given) => Kept
  carryOut: (given: Given) => Promise<Answer>
  /** What is said of it, if anything; how it went may depend on the answer. */
  said: (answer: Answer, given: Given) => { text: string; tone?: 'bad' } | null
  /** The way back, offered with what is said; not where it went badly. */
  undo?: (answer: Answer, given: Given) => Promise<unknown>
  /** Other lists that it changes, by the first word of their keys. */
  alsoRead?: readonly string[]
  /** A refusal stands beside what was tried (`error`), and needs no second word. */
  isSaidHere?: boolean
}

/**
 * The one way in which things are changed: on the screen before it is carried out where that is possible, taken back
 * when it is refused, or when one thinks better of it.
 */
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
