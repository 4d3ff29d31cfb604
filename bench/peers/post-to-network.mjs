import { Pool } from 'undici'

/** The same request as publishing sends to the sandbox network, by undici with nothing around it. */
export function poster(url, connections) {
  const pool = new Pool(url, { connections })
  return async ({ number, dueAt, kind = 'post' }) => {
    const { statusCode, body } = await pool.request({
      method: 'POST',
      path: '/posts',
      headers: {
        'content-type': 'application/json',
        authorization: 'Bearer bench-0',
        'idempotency-key': `pub_${number}-0`,
      },
      body: JSON.stringify({
        text: `سنجش ${kind} ${number} ${dueAt}`,
        media: [],
        parent: null,
        visibility: 'public',
      }),
    })
    const post = await body.json()
    if (statusCode !== 201) throw new Error(`the network answered ${statusCode}`)
    return post.id
  }
}
