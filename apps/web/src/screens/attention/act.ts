import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answerOf, client, once } from '../../api/client.ts'
import { sayProblem } from '../../kit/say-problem.ts'
import { toast } from '../../kit/toasts.tsx'

export const paramsOf = (id: string) => ({ path: { id }, header: once() })

/** Tries a publication again that has failed or was missed; one that is live by now is left alone. */
export const retry = (id: string) =>
  answerOf(client.POST('/v1/publications/{id}/retry', { params: paramsOf(id) }))

/**
 * Does something about publications, says so, and reads them again.
 * @param refused tells why it was not done; a form that shows it at its fields needs no second word.
 */
export function useAct(done: string, refused: (error: unknown) => void = sayProblem) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSuccess: () => toast(done),
    onError: refused,
    onSettled: () => queries.invalidateQueries({ queryKey: ['publications'] }),
  })
}
