import { type Draft, type Drawn, render, type Twist, twisted } from '../drawing/draft.ts'
import type { Exchange } from '../oracles/oracle.ts'
import type { Answer } from '../sending/http.ts'
import type { World } from '../world/world.ts'
import { aWorld, owner } from './a-world.ts'

const usual = {
  'content-security-policy': `default-src 'none'`,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  ratelimit: '"burst";r=1;t=1',
  'ratelimit-policy': '"burst";q=1;w=60',
}

/** An answer as it should be, but for what is said. */
export function anAnswer(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const type = status < 400 ? 'application/json' : 'application/problem+json'
  const text = body === undefined ? '' : JSON.stringify(body)
  return { status, headers: { ...usual, 'content-type': type, ...headers }, text, body }
}

export const aProblem = (status: number, code = 'invalid_input') => ({
  type: `/docs/problems#${code}`,
  title: 'invalid',
  status,
  detail: 'Some fields are not as they must be.',
  fix: 'Mend the fields.',
  instance: '/v1/posts',
  code,
  traceId: '0',
})

export interface Given
  extends Partial<Pick<Draft, 'caller' | 'params' | 'query' | 'headers' | 'body'>> {
  readonly world?: World
  readonly twists?: readonly Twist[]
}

/** A request for an operation, and this answer to it. */
export function anExchange(operationId: string, answer: Answer, given: Given = {}): Exchange {
  const { world = aWorld(), twists = [], ...parts } = given
  const operation = world.document.operations.find(({ id }) => id === operationId)
  if (!operation) throw new Error(`the document has no ${operationId}`)
  const base: Draft = {
    operation,
    caller: owner,
    method: operation.method,
    params: {},
    query: [],
    headers: {},
    body: undefined,
    raw: {},
    ...parts,
  }
  const drawn: Drawn = { base, twists }
  const draft = twisted(drawn, twists)
  return { number: 1, world, drawn, twists, draft, request: render(draft), answer }
}
