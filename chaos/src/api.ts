import { setTimeout as pause } from 'node:timers/promises'

export interface ApiAccess {
  readonly gatewayUrl: string
  readonly apiKey: string
}

const patienceMs = 120_000
const requestMs = 15_000

/** The request was understood and refused, and its author was told: nothing was promised. */
export class Refused extends Error {}

/**
 * Makes one change over the public API, as a careful program does: with an Idempotency-Key, and again with the same key
 * until an answer comes that is final. So the change is made once, whatever dies meanwhile.
 */
export async function change<T>(
  { gatewayUrl, apiKey }: ApiAccess,
  path: string,
  key: string,
  body: object | FormData,
): Promise<T> {
  const isForm = body instanceof FormData
  const deadline = Date.now() + patienceMs
  for (;;) {
    const answer = await fetch(`${gatewayUrl}${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${apiKey}`,
        'idempotency-key': key,
        ...(isForm ? {} : { 'content-type': 'application/json' }),
      },
      body: isForm ? body : JSON.stringify(body),
      signal: AbortSignal.timeout(requestMs),
    })
      .then(async (reply) => ({ reply, text: await reply.text() }))
      .catch((error: unknown) => ({ error }))
    if ('text' in answer && answer.reply.ok) return JSON.parse(answer.text) as T
    const said =
      'text' in answer ? `${answer.reply.status}: ${answer.text}` : `nothing: ${answer.error}`
    if ('text' in answer && answer.reply.status === 422)
      throw new Refused(`POST ${path} (${key}) was refused: ${answer.text}`)
    if (Date.now() > deadline || ('text' in answer && !isForLater(answer.reply.status))) {
      throw new Error(`POST ${path} (${key}) answered ${said}`)
    }
    const seconds = 'text' in answer ? Number(answer.reply.headers.get('retry-after')) : 0
    await pause(seconds > 0 ? seconds * 1_000 : 200)
  }
}

/** Statuses after which the request is repeated: asked too often, under way already, or out of order. */
const isForLater = (status: number) => status === 429 || status === 409 || status >= 500
