import type { Handler } from '../../../fakes/serve.ts'
import { manifest } from '../../index.ts'
import { withAccount } from '../access.ts'
import type { StoredMedia } from '../entries.ts'
import type { Network } from '../network.ts'
import { RefusedRequest } from '../refused-request.ts'
import { json } from './accounts.ts'

const videoProcessingMs = 800
const { images, videos } = manifest.media

/** Media is uploaded first and may need a while until it can be posted. */
export const mediaRoutes = (network: Network): Record<string, Handler> => ({
  'POST /media': withAccount(network, async (request, { handle }) => {
    const mime = request.headers['content-type'] ?? ''
    const limits = [images, videos].find((kind) => kind?.types.includes(mime))
    if (!limits)
      throw new RefusedRequest(415, 'media_type_unsupported', `Media of type ${mime} is not taken.`)
    if (request.body.byteLength === 0)
      throw new RefusedRequest(422, 'media_empty', 'The file is empty.')
    if (request.body.byteLength > limits.maxBytes)
      throw new RefusedRequest(413, 'media_too_large', `At most ${limits.maxBytes} bytes.`)
    const id = await network.media.put(request.body)
    const slow = network.faults.meets('slow_media', handle)
    const before = network.world.media.get(id)
    const now = network.now()
    const delay = slow ? (slow.ms ?? 3000) : limits === videos && !before ? videoProcessingMs : 0
    const bytes = request.body.byteLength
    const uploads = (before?.uploads ?? 0) + 1
    const media: StoredMedia =
      before && delay === 0
        ? { ...before, uploads }
        : { id, mime, bytes, readyAt: now + delay, uploads }
    network.record({ t: 'media', media })
    await network.settled()
    return {
      ...json(stateOf(media, network.now())),
      status: media.readyAt > network.now() ? 202 : 201,
    }
  }),

  'GET /media/:id/state': withAccount(network, ({ params }) => {
    const media = network.world.media.get(params.id ?? '')
    if (!media) throw new RefusedRequest(404, 'not_found', 'There is no such media.')
    const state = stateOf(media, network.now())
    return { ...json(state), status: state.state === 'ready' ? 200 : 202 }
  }),

  /** Takes one upload back. The same file has one id: it is gone when no upload of it is left and no post has it. */
  'DELETE /media/:id': withAccount(network, async ({ params }) => {
    const media = network.world.media.get(params.id ?? '')
    if (!media) throw new RefusedRequest(404, 'not_found', 'There is no such media.')
    const uploads = (media.uploads ?? 1) - 1
    if (uploads <= 0 && network.world.attached.has(media.id))
      throw new RefusedRequest(422, 'media_in_use', 'A post has this media.')
    if (uploads > 0) network.record({ t: 'media', media: { ...media, uploads } })
    else network.record({ t: 'media_gone', id: media.id })
    await network.settled()
    return { status: 204 }
  }),

  'GET /media/:id': async ({ params }) => {
    const media = network.world.media.get(params.id ?? '')
    const bytes = media && (await network.media.get(media.id))
    if (!media || !bytes) throw new RefusedRequest(404, 'not_found', 'There is no such media.')
    const headers = {
      'content-type': media.mime,
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    }
    return { status: 200, headers, body: bytes }
  },
})

const stateOf = ({ id, readyAt }: StoredMedia, now: number) =>
  readyAt > now
    ? { id, state: 'processing', retryAfterMs: Math.min(1000, readyAt - now) }
    : { id, state: 'ready', retryAfterMs: 0 }
