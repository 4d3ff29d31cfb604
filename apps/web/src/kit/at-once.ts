import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query'
import { sayProblem } from './say-problem.ts'
import { toast } from './toasts.tsx'

interface AtOnce<Given, Answer, Kept> {
  /** What these keys begin with is shown differently at once, and read again afterwards. */
  queryKey: QueryKey
  /** What was read before, as it will be. */
  shown: (kept: Kept, given: Given) => Kept
  carryOut: (given: Given) => Promise<Answer>
  /** What is said of it; how it went may depend on the answer. */
  said: (answer: Answer, given: Given) => { text: string; tone?: 'bad' }
  /** The way back, offered with what is said; not where it went badly. */
  undo?: (answer: Answer, given: Given) => Promise<unknown>
}

/** A change that is on the screen before it is carried out: taken back when it is refused, or when one thinks better of it. */
export function useAtOnce<Given, Answer, Kept>({
  queryKey,
  shown,
  carryOut,
  said,
  undo,
}: AtOnce<Given, Answer, Kept>) {
  const queries = useQueryClient()
  const readAgain = () => queries.invalidateQueries({ queryKey: queryKey.slice(0, 1) })
  return useMutation({
    mutationFn: carryOut,
    onMutate: async (given: Given) => {
      await queries.cancelQueries({ queryKey })
      const before = queries.getQueriesData<Kept>({ queryKey })
      queries.setQueriesData<Kept>({ queryKey }, (kept) => kept && shown(kept, given))
      return { before }
    },
    onError: (error, _given, context) => {
      for (const [key, kept] of context?.before ?? []) queries.setQueryData(key, kept)
      sayProblem(error)
    },
    onSuccess: (answer, given) => {
      const { text, tone = 'plain' } = said(answer, given)
      const back = () =>
        void undo?.(answer, given)
          .catch(sayProblem)
          .finally(() => void readAgain())
      toast(text, { tone, ...(undo && tone === 'plain' && { undo: back }) })
    },
    onSettled: readAgain,
  })
}
