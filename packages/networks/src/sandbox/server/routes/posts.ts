import type { FakeReply, Handler, Received } from '../../../fakes/serve.ts'
import { keyWindowMs } from '../../index.ts'
import { meets, withAccount, withBudget } from '../access.ts'
import type { SandboxAccount, SandboxPost } from '../entries.ts'
import { postMetrics } from '../growth.ts'
import type { Network } from '../network.ts'
import { RefusedRequest } from '../refused-request.ts'
import { keyFrom, numberParam, parseJson, postInput } from '../requests.ts'
import { postView } from '../views.ts'
import { keyOf } from '../world.ts'
import { json } from './accounts.ts'

/** Putting posts, parts of threads and comments on the network, and reading them. */
export const postRoutes = (network: Network): Record<string, Handler> => ({
  'POST /posts': withBudget(network, (request, account, cameAt) =>
    createPost(network, request, account, cameAt),
  ),

  /** An account's own posts, as far as it may read back; without keys, as networks do. */
  'GET /posts': withAccount(network, async (request, account) => {
    if (account.keyed === 'none')
      throw new RefusedRequest(
        403,
        'read_back_unsupported',
        'This account cannot read its posts back.',
      )
    await network.settled()
    const since = sinceOf(request)
    const stale = meets(network, 'stale_list', request, account)
    const until = network.now() - (stale ? (stale.ms ?? 2000) : 0)
    const limit = numberParam(request, 'limit', 100, 1000)
    const own = network.world.postsBy.get(account.handle) ?? []
    const found: SandboxPost[] = []
    const offset = numberParam(request, 'offset', 0, Number.MAX_SAFE_INTEGER)
    for (let at = own.length - 1 - offset; at >= 0 && found.length < limit; at -= 1) {
      const post = own[at]
      if (!post || post.createdAt < since) break
      if (post.createdAt <= until) found.push(post)
    }
    return json({ items: found.map(postView) })
  }),

  'GET /posts/:id': async ({ params }) => {
    await network.settled()
    return json(postView(postOf(network, params.id)))
  },

  /** Its author takes a post back; what answered it stays. */
  'DELETE /posts/:id': withAccount(network, async ({ params }, { handle }) => {
    const post = postOf(network, params.id)
    if (post.author.handle !== handle)
      throw new RefusedRequest(403, 'forbidden', 'This is the post of another account.')
    network.record({ t: 'post_gone', id: post.id })
    await network.settled()
    return { status: 204 }
  }),

  'GET /posts/:id/comments': async ({ params }) => {
    await network.settled()
    const { id } = postOf(network, params.id)
    return json({ items: (network.world.replies.get(id) ?? []).map(postView) })
  },

  'GET /metrics/posts': withAccount(network, (request) => {
    const ids = (request.url.searchParams.get('ids') ?? '').split(',').slice(0, 100)
    const posts = ids.flatMap((id) => network.world.posts.get(id) ?? [])
    const items = posts.map((post) => ({
      id: post.id,
      metrics: postMetrics(post, network.world.replies.get(post.id)?.length ?? 0, network.now()),
    }))
    return json({ items })
  }),

  /** What is really on the network, newest first, with the keys: for audits, not part of the network's API. */
  'GET /accounts/:handle/posts': async (request) => {
    await network.settled()
    const own = network.world.postsBy.get(request.params.handle ?? '') ?? []
    const limit = numberParam(request, 'limit', 100_000, 1_000_000)
    const offset = numberParam(request, 'offset', 0, Number.MAX_SAFE_INTEGER)
    const newest = own
      .slice(Math.max(0, own.length - offset - limit), own.length - offset)
      .reverse()
    return json(newest.map(auditView))
  },
})

function createPost(
  network: Network,
  request: Received,
  account: SandboxAccount,
  cameAt: number,
): FakeReply {
  const { world, now } = network
  const input = parseJson(request, postInput)
  const idempotencyKey = keyFrom(request)
  const before = honoured(network, account, idempotencyKey, cameAt)
  if (before) {
    if (!('root' in before) || !saysTheSame(before, input))
      throw new RefusedRequest(422, 'idempotency_key_reused', 'This key was used for another post.')
    return { status: 200, headers: { 'idempotent-replayed': 'true' }, json: postView(before) }
  }
  const parent = input.parent === null ? null : world.posts.get(input.parent)
  if (parent === undefined)
    throw new RefusedRequest(422, 'parent_not_found', 'There is no such parent post.')
  const media = input.media.map(({ id, alt }) => {
    const file = world.media.get(id)
    if (!file) throw new RefusedRequest(422, 'media_not_found', `There is no media ${id}.`)
    if (file.readyAt > now())
      throw new RefusedRequest(422, 'media_not_ready', 'The media is processed yet.')
    return { id, mime: file.mime, alt }
  })
  const id = world.newId('p')
  const { handle, name } = account
  const isRewritten = meets(network, 'rewrite', request, account) !== null
  const post: SandboxPost = {
    id,
    author: { handle, name },
    text: isRewritten ? rewritten(input.text) : input.text,
    ...(isRewritten && { source: input.text }),
    media,
    parent: parent?.id ?? null,
    root: parent?.root ?? id,
    visibility: input.visibility,
    ...(input.location && { location: input.location }),
    idempotencyKey,
    createdAt: now(),
  }
  network.record({ t: 'post', post })
  return { status: 201, json: postView(post) }
}

/**
 * The post or message that the key already made, on an account that honours keys, while the key is remembered. With
 * `late`, a request does not see one that was not finished when the request arrived.
 */
export function honoured(
  { world, now }: Network,
  { handle, keyed }: SandboxAccount,
  key: string | null,
  cameAt: number,
) {
  if ((keyed !== 'key' && keyed !== 'late') || key === null) return undefined
  const made = world.byKey.get(keyOf(handle, key))
  if (!made || now() - made.createdAt >= keyWindowMs) return undefined
  return keyed === 'key' || made.createdAt <= cameAt ? made : undefined
}

/** Removes signs and keeps letters, as networks that read Markdown do. */
const rewritten = (text: string) =>
  text
    .replace(/[-*_#>`~]+/g, '')
    .replace(/[^\S\n]+/g, ' ')
    .trim()

const saysTheSame = (
  post: SandboxPost,
  input: { text: string; parent: string | null; media: { id: string }[] },
) =>
  (post.source ?? post.text) === input.text &&
  post.parent === input.parent &&
  post.media.map(({ id }) => id).join() === input.media.map(({ id }) => id).join()

const auditView = (post: SandboxPost) => ({
  ...postView(post),
  idempotencyKey: post.idempotencyKey,
  source: post.source ?? post.text,
})

/** The instant after which something is asked for. */
export const sinceOf = ({ url }: Received) => Date.parse(url.searchParams.get('since') ?? '') || 0

export function postOf({ world }: Network, id: string | undefined): SandboxPost {
  const post = world.posts.get(id ?? '')
  if (!post) throw new RefusedRequest(404, 'not_found', 'There is no such post.')
  return post
}
