import type { Handler, Received, Reply } from '../../../fakes/serve.ts'
import type { Network } from '../network.ts'
import { commentOn, messageTo } from '../people.ts'
import { Refusal } from '../refusal.ts'
import { commentInput, parse, wroteInput } from '../requests.ts'
import { postOf } from '../routes/posts.ts'
import { page } from './page.ts'
import { script, style } from './style.ts'

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
}

/** The page where one sees what is live, and writes as somebody. */
export const pageRoutes = (network: Network): Record<string, Handler> => ({
  'GET /': async ({ url }) => {
    await network.settled()
    return { status: 200, headers, body: page(network, url.searchParams.get('account')).markup }
  },
  'GET /style.css': () => asset('text/css', style),
  'GET /page.js': () => asset('text/javascript', script),

  /** Where a post's permalink leads. */
  'GET /p/:id': async ({ params }) => {
    const post = postOf(network, params.id)
    return seeOther(`/?account=${encodeURIComponent(post.author.handle)}#${post.id}`)
  },

  'POST /form/comment': async (request) => {
    const { postId, from, text } = parse(formOf(request), commentInput)
    const post = postOf(network, postId)
    commentOn(network, post, from, text)
    await network.settled()
    return back(request, `#${post.id}`)
  },

  'POST /form/message': async (request) => {
    const { handle, from, text } = parse(formOf(request), wroteInput)
    messageTo(network, handle, from, text)
    await network.settled()
    return back(request, '')
  },
})

const asset = (type: string, body: string): Reply => ({
  status: 200,
  headers: { 'content-type': `${type}; charset=utf-8`, 'x-content-type-options': 'nosniff' },
  body,
})

/** Reads a form, if this very page sent it. */
function formOf({ headers: sent, body }: Received): Record<string, string> {
  if (sent.origin !== undefined && sent.origin !== `http://${sent.host}`)
    throw new Refusal(403, 'foreign_origin', 'Forms are taken from this page alone.')
  const form = Object.fromEntries(new URLSearchParams(Buffer.from(body).toString('utf8')))
  return { ...form, ...(form.from === undefined ? {} : { from: form.from.trim().toLowerCase() }) }
}

const seeOther = (location: string): Reply => ({ status: 303, headers: { location } })

function back({ headers: sent }: Received, hash: string): Reply {
  const from = URL.parse(sent.referer ?? '')
  const isOwn = from !== null && from.host === sent.host
  return seeOther(`/${isOwn ? from.search : ''}${hash}`)
}
