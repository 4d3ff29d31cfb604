import { answerOf, client, idempotencyHeader } from '../../api/client.ts'
import { isStatus } from '../../api/problem.ts'
import { attention, type Cause } from '../../api/queries.ts'
import type { Publication } from '../../api/types.ts'
import { type Pages, withItems } from '../../kit/pages.ts'
import { useOptimisticMutation } from '../../kit/use-optimistic-mutation.ts'
import { useLanguage } from '../../language/use-language.tsx'

const paramsOf = (id: string) => ({ path: { id }, header: idempotencyHeader() })

const retry = (id: string) =>
  answerOf(client.POST('/v1/publications/{id}/retry', { params: paramsOf(id) }))

/** The card stays in the list until the action is carried out, as a refusal is shown in the card itself. */
const staying = (cause: Cause) => ({
  queryKey: attention[cause].queryKey,
  alsoRead: ['calendar', 'posts'],
})

/** The cards leave the list at once. */
const leaving = (cause: Cause) => ({
  ...staying(cause),
  shown: (kept: Pages<Publication>, { ids }: { ids: readonly string[] }) =>
    withItems(kept, (items) => items.filter(({ id }) => !ids.includes(id))),
})

/** Retries publications that failed or were missed; of several, those no longer in trouble are passed over. */
export function useRetry(cause: Cause) {
  const { t, show } = useLanguage()
  return useOptimisticMutation({
    ...leaving(cause),
    carryOut: async ({ ids }) => {
      let count = 0
      for (const id of ids) {
        await retry(id).then(
          () => {
            count += 1
          },
          (error) => {
            if (ids.length === 1 || !isStatus(error, 409)) throw error
          },
        )
      }
      return count
    },
    said: (count, { ids }) => ({
      text:
        ids.length === 1
          ? t('attention.retried')
          : t('attention.allRetried', { number: show.number(count) }),
    }),
  })
}

/** At least a minute between two publications on the same channel. */
const everySeconds = 60

/** Gives publications that did not go out another time, from `at` on; now, without `at`. */
export function useNewTime(cause: Cause, isSaidHere: boolean) {
  const { t, show } = useLanguage()
  return useOptimisticMutation({
    ...(isSaidHere ? staying(cause) : leaving(cause)),
    isSaidHere,
    carryOut: ({ ids, at }: { ids: readonly string[]; at?: string }) =>
      answerOf(
        client.POST('/v1/publications/reschedule', {
          params: { header: idempotencyHeader() },
          body: { publicationIds: [...ids], everySeconds, ...(at && { at }) },
        }),
      ),
    said: ({ done, tooLate }, { at }) =>
      done.length === 0 && tooLate.length > 0
        ? { text: t('wrong.changed'), tone: 'bad' }
        : {
            text: at ? t('attention.rescheduled', { when: show.when(at) }) : t('attention.retried'),
          },
  })
}

type Word =
  | { isLive: true; permalink: string }
  | { isLive: false }
  | { action: 'drop_rest' | 'accept_as_it_is' | 'publish_as_new' }

const leaves = (word: Word) => ('action' in word ? word.action === 'publish_as_new' : !word.isLive)

/** Sends a person's decision on a publication that is in doubt, or that a retry cannot mend. */
export function useResolve(cause: Cause, isSaidHere: boolean) {
  const { t } = useLanguage()
  return useOptimisticMutation({
    ...(isSaidHere ? staying(cause) : leaving(cause)),
    isSaidHere,
    carryOut: ({ ids: [id = ''], word }: { ids: [string]; word: Word }) =>
      answerOf(client.POST('/v1/publications/{id}/resolve', { params: paramsOf(id), body: word })),
    said: (_answer, { word }) => ({
      text: leaves(word) ? t('attention.retried') : t('attention.resolved'),
    }),
  })
}
