import { type Answer, fieldOf } from '../sending/http.ts'
import { send } from '../sending/send.ts'
import type { Caller } from './caller.ts'

let keys = 0

/** One call that the run needs for itself; it is judged by nobody. */
export function call(
  url: string,
  caller: Pick<Caller, 'headers'>,
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const all = {
    ...caller.headers,
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(method === 'POST' && { 'idempotency-key': `own-${process.pid}-${Date.now()}-${keys++}` }),
    ...headers,
  }
  const text = body === undefined ? null : JSON.stringify(body)
  return send(url, { method, path, headers: Object.entries(all), body: text })
}

/** The same as `call`; throws unless it succeeds. */
export async function must(...args: Parameters<typeof call>): Promise<unknown> {
  const answer = await call(...args)
  if (answer.status >= 200 && answer.status < 300) return answer.body
  throw new Error(`${args[2]} ${args[3]} answered ${answer.status}: ${answer.text.slice(0, 500)}`)
}

export const textOf = (value: unknown, name: string) => String(fieldOf(value, name) ?? '')

export const itemsOf = (page: unknown): unknown[] => {
  const items = fieldOf(page, 'items')
  return Array.isArray(items) ? items : []
}
