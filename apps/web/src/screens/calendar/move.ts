import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answerOf, client, idempotencyHeader } from '../../api/client.ts'
import type { CalendarEntry } from '../../api/types.ts'
import { sayProblem } from '../../kit/say-problem.ts'
import { toast } from '../../kit/toasts.tsx'
import { useOptimisticMutation } from '../../kit/use-optimistic-mutation.ts'
import { useLanguage } from '../../language/use-language.tsx'
import { wallTimeAt } from '../../language/wall-time.ts'
import type { Appointment } from './appointments.ts'

interface Move {
  appointment: Appointment
  /** The moment to which the post is moved. */
  to: string
}

const reschedule = (postId: string, moment: string, zone: string) => {
  const params = { path: { id: postId }, header: idempotencyHeader() }
  const schedule = { local: wallTimeAt(moment, zone), zone }
  return answerOf(client.POST('/v1/posts/{id}/schedule', { params, body: { schedule } }))
}

/** Gives a post another time, in the zone that it was planned in. */
export function useMove() {
  const { t, show } = useLanguage()
  return useOptimisticMutation({
    queryKey: ['calendar'],
    shown: (entries: CalendarEntry[], { appointment: { postId }, to }: Move) =>
      entries.map((entry) => (entry.postId === postId ? { ...entry, dueAt: to } : entry)),
    carryOut: ({ appointment: { postId, zone }, to }: Move) => reschedule(postId, to, zone),
    said: ({ post, tooLate: [late] }) =>
      late
        ? { text: t('calendar.tooLate', { state: t(`state.${late.state}`) }), tone: 'bad' as const }
        : { text: t('calendar.moved', { when: show.when(post.schedule?.dueAt ?? new Date()) }) },
    undo: (_answer, { appointment: { postId, dueAt, zone } }) => reschedule(postId, dueAt, zone),
  })
}

/** Gives a time to a post that has none. */
export function useScheduleDraft() {
  const { t, show, wanted } = useLanguage()
  const queries = useQueryClient()
  const readAgain = () =>
    Promise.all(['posts', 'calendar'].map((key) => queries.invalidateQueries({ queryKey: [key] })))
  const takeBack = async (postId: string) => {
    const params = { path: { id: postId } }
    await answerOf(client.POST('/v1/posts/{id}/cancel', { params })).catch(sayProblem)
    await readAgain()
  }
  return useMutation({
    mutationFn: ({ postId, to }: { postId: string; to: string }) =>
      reschedule(postId, to, wanted.zone),
    onSuccess: ({ post: { id, schedule } }) =>
      toast(t('calendar.moved', { when: show.when(schedule?.dueAt ?? new Date()) }), {
        undo: () => void takeBack(id),
      }),
    onError: sayProblem,
    onSettled: readAgain,
  })
}
