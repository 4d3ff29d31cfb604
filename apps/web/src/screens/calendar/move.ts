import { answerOf, client, once } from '../../api/client.ts'
import type { CalendarEntry } from '../../api/types.ts'
import { useAtOnce } from '../../kit/at-once.ts'
import { useLanguage } from '../../language/use-language.tsx'
import { wallTimeAt } from '../../language/wall-time.ts'
import type { Appointment } from './appointments.ts'

interface Move {
  appointment: Appointment
  /** Gregorian: `2026-11-25`. */
  day: string
}

const dayMs = 86_400_000

const reschedule = (postId: string, local: string, zone: string) => {
  const params = { path: { id: postId }, header: once() }
  return answerOf(
    client.POST('/v1/posts/{id}/schedule', { params, body: { schedule: { local, zone } } }),
  )
}

/** Gives a post another day at the same time of day. */
export function useMove() {
  const { t, show } = useLanguage()
  return useAtOnce({
    queryKey: ['calendar'],
    shown: (entries: CalendarEntry[], { appointment: { postId, dueAt, zone }, day }: Move) => {
      const days = (Date.parse(day) - Date.parse(wallTimeAt(dueAt, zone).slice(0, 10))) / dayMs
      const later = new Date(Date.parse(dueAt) + days * dayMs).toISOString()
      return entries.map((entry) => (entry.postId === postId ? { ...entry, dueAt: later } : entry))
    },
    carryOut: ({ appointment: { postId, dueAt, zone }, day }: Move) =>
      reschedule(postId, `${day}${wallTimeAt(dueAt, zone).slice(10)}`, zone),
    said: ({ post, tooLate: [late] }) =>
      late
        ? { text: t('calendar.tooLate', { state: t(`state.${late.state}`) }), tone: 'bad' as const }
        : { text: t('calendar.moved', { when: show.when(post.schedule?.dueAt ?? new Date()) }) },
    undo: (_answer, { appointment: { postId, dueAt, zone } }) =>
      reschedule(postId, wallTimeAt(dueAt, zone), zone),
  })
}
