import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answerOf, client, once } from '../../api/client.ts'
import type { CalendarEntry } from '../../api/types.ts'
import { sayProblem } from '../../kit/say-problem.ts'
import { toast } from '../../kit/toasts.tsx'
import { useLanguage } from '../../language/use-language.ts'
import type { Appointment } from './appointments.ts'

interface Move {
  appointment: Appointment
  /** Gregorian: `2026-11-25`. */
  day: string
}

const dayMs = 86_400_000

/** Gives a post another day at the same time of day: at once on the screen, and back if it is refused. */
export function useMove() {
  const { t, show } = useLanguage()
  const queries = useQueryClient()
  const reschedule = (postId: string, local: string, zone: string) => {
    const header = once()
    const params = { path: { id: postId }, header }
    return answerOf(
      client.POST('/v1/posts/{id}/schedule', { params, body: { schedule: { local, zone } } }),
    )
  }
  return useMutation({
    mutationFn: ({ appointment: { postId, local, zone }, day }: Move) =>
      reschedule(postId, `${day}${local.slice(10)}`, zone),
    onMutate: async ({ appointment: { postId, local, dueAt }, day }) => {
      await queries.cancelQueries({ queryKey: ['calendar'] })
      const before = queries.getQueriesData<CalendarEntry[]>({ queryKey: ['calendar'] })
      const days = (Date.parse(day) - Date.parse(local.slice(0, 10))) / dayMs
      const later = new Date(Date.parse(dueAt) + days * dayMs).toISOString()
      queries.setQueriesData<CalendarEntry[]>({ queryKey: ['calendar'] }, (entries) =>
        entries?.map((entry) =>
          entry.postId === postId
            ? { ...entry, dueAt: later, local: `${day}${entry.local.slice(10)}` }
            : entry,
        ),
      )
      return { before }
    },
    onError: (error, _move, context) => {
      for (const [key, entries] of context?.before ?? []) queries.setQueryData(key, entries)
      sayProblem(error)
    },
    onSuccess: ({ post, tooLate }, { appointment: { postId, local, zone } }) => {
      const [late] = tooLate
      if (late) {
        toast(t('calendar.tooLate', { state: t(`state.${late.state}`) }), { tone: 'bad' })
        return
      }
      toast(t('calendar.moved', { when: show.when(post.schedule?.dueAt ?? new Date()) }), {
        undo: () => {
          reschedule(postId, local, zone)
            .catch(sayProblem)
            .finally(() => void queries.invalidateQueries({ queryKey: ['calendar'] }))
        },
      })
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['calendar'] }),
  })
}
