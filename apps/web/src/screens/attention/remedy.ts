import { answerOf, client, once } from '../../api/client.ts'
import { isStatus } from '../../api/problem.ts'
import { attention, type Cause } from '../../api/queries.ts'
import type { Publication } from '../../api/types.ts'
import { useAtOnce } from '../../kit/at-once.ts'
import { type Pages, withItems } from '../../kit/pages.ts'
import { useLanguage } from '../../language/use-language.tsx'

const paramsOf = (id: string) => ({ path: { id }, header: once() })

const retry = (id: string) =>
  answerOf(client.POST('/v1/publications/{id}/retry', { params: paramsOf(id) }))

/** What leaves the list of its cause with this. */
const leaving = (cause: Cause) => ({
  queryKey: attention[cause].queryKey,
  shown: (kept: Pages<Publication>, { ids }: { ids: readonly string[] }) =>
    withItems(kept, (items) => items.filter(({ id }) => !ids.includes(id))),
  alsoRead: ['calendar', 'posts'],
})

/** Tries publications again that have failed or were missed; what is no longer in trouble by then is passed over. */
export function useRetry(cause: Cause) {
  const { t, show } = useLanguage()
  return useAtOnce({
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

/** Publishes a post now of which something never reached the publishing service. */
export function usePublishNow(cause: Cause) {
  const { t } = useLanguage()
  return useAtOnce({
    ...leaving(cause),
    carryOut: ({ postId }: { ids: readonly string[]; postId: string }) =>
      answerOf(client.POST('/v1/posts/{id}/publish-now', { params: paramsOf(postId) })),
    said: () => ({ text: t('attention.retried') }),
  })
}

/** A minute lies between two on the same channel. */
const everySeconds = 60

/** Gives publications that did not go out another time, the first of them this one. */
export function useNewTime(cause: Cause) {
  const { t, show } = useLanguage()
  return useAtOnce({
    ...leaving(cause),
    isSaidHere: true,
    carryOut: ({ ids, at }: { ids: readonly string[]; at: string }) =>
      answerOf(
        client.POST('/v1/publications/reschedule', {
          params: { header: once() },
          body: { publicationIds: [...ids], at, everySeconds },
        }),
      ),
    said: ({ done, tooLate }, { at }) =>
      done.length === 0 && tooLate.length > 0
        ? { text: t('wrong.changed'), tone: 'bad' }
        : { text: t('attention.rescheduled', { when: show.when(at) }) },
  })
}

type Word =
  | { isLive: true; permalink: string }
  | { isLive: false }
  | { action: 'drop_rest' | 'accept_as_it_is' | 'publish_as_new' }

const leaves = (word: Word) => ('action' in word ? word.action === 'publish_as_new' : !word.isLive)

/** A person's word on what nobody could look up, or what cannot be mended. */
export function useResolve(cause: Cause, isSaidHere: boolean) {
  const { t } = useLanguage()
  return useAtOnce({
    ...leaving(cause),
    isSaidHere,
    carryOut: ({ ids: [id = ''], word }: { ids: [string]; word: Word }) =>
      answerOf(client.POST('/v1/publications/{id}/resolve', { params: paramsOf(id), body: word })),
    said: (_answer, { word }) => ({
      text: leaves(word) ? t('attention.retried') : t('attention.resolved'),
    }),
  })
}
