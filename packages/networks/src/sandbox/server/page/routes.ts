import type { FakeReply, Handler, Received } from '../../../fakes/serve.ts'
import type { Network } from '../network.ts'
import { commentOn, messageTo } from '../people.ts'
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

  /** Where a post's permalink leads: its thread alone. */
  'GET /p/:id': async ({ params }) => {
    await network.settled()
    const post = postOf(network, params.id)
    return { status: 200, headers, body: page(network, post.author.handle, post).markup }
  },

  'POST /form/comment': async (request) => {
    const { postId, from, text } = parse(formOf(request), commentInput)
    const post = postOf(network, postId)
    commentOn(network, post, from, text)
    await network.settled()
    return back(request)
  },

  'POST /form/message': async (request) => {
    const { handle, from, text } = parse(formOf(request), wroteInput)
    messageTo(network, handle, from, text)
    await network.settled()
    return back(request)
  },
})

const asset = (type: string, body: string): FakeReply => ({
  status: 200,
  headers: { 'content-type': `${type}; charset=utf-8`, 'x-content-type-options': 'nosniff' },
  body,
})

function formOf({ body }: Received): Record<string, string> {
  const form = Object.fromEntries(new URLSearchParams(Buffer.from(body).toString('utf8')))
  return { ...form, ...(form.from === undefined ? {} : { from: form.from.trim().toLowerCase() }) }
}

/** Back to where the form was, on this very site. */
function back({ headers: sent }: Received): FakeReply {
  const from = URL.parse(sent.referer ?? '')
  const isOwn = from !== null && from.host === sent.host
  return { status: 303, headers: { location: isOwn ? from.pathname + from.search : '/' } }
}
