/** A refusal of the gateway, in its own words. */
export class Problem extends Error {
  override name = 'Problem'
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

let csrfToken = ''

export function setCsrfToken(token: string): void {
  csrfToken = token
}

/** Calls the gateway with the browser's session. Throws `Problem` with what to do about it. */
export async function api<T>(
  method: 'GET' | 'POST',
  path: string,
  language: string,
  body?: unknown,
): Promise<T> {
  const response = await fetch(path, {
    method,
    headers: {
      'accept-language': language,
      ...(method === 'POST' && {
        'content-type': 'application/json',
        'x-csrf-token': csrfToken,
        'idempotency-key': crypto.randomUUID(),
      }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const answer = (await response.json()) as T & { detail?: string; fix?: string }
  if (!response.ok) throw new Problem(response.status, `${answer.detail ?? ''} ${answer.fix ?? ''}`)
  return answer
}
