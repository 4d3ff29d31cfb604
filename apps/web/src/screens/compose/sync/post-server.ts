import { answerOf, client, idempotencyHeader, ifMatch } from '../../../api/client.ts'
import { toast } from '../../../kit/toasts.tsx'
import { words } from '../../../language/words.ts'
import type { PostServer } from './post-sync.ts'

/** Posts on the gateway; reports publications for which a change came too late. */
export const postServer: PostServer = {
  make: ({ key, content: said }) =>
    answerOf(client.POST('/v1/posts', { params: { header: idempotencyHeader(key) }, body: said })),

  change: async ({ id, version }, body, key) => {
    const params = { path: { id }, header: { ...ifMatch(version), ...idempotencyHeader(key) } }
    const { post, tooLate } = await answerOf(client.PATCH('/v1/posts/{id}', { params, body }))
    const [first] = tooLate
    const t = words()
    if (first) {
      toast(t('calendar.tooLate', { state: t(`state.${first.state}`) }), { tone: 'bad' })
    }
    return post
  },

  remove: ({ id, version }) =>
    answerOf(
      client.DELETE('/v1/posts/{id}', { params: { path: { id }, header: ifMatch(version) } }),
    ),
}
