import type { Operation } from '../document/operation.ts'
import type { Answer, HttpRequest } from '../sending/http.ts'
import type { Caller } from '../world/caller.ts'
import { imageForm } from '../world/image-form.ts'

/** A request before it is serialised: its parts can still be changed one by one. */
export interface Draft {
  readonly operation: Operation
  readonly caller: Caller
  method: string
  params: Record<string, string>
  query: [name: string, value: string][]
  headers: Record<string, string>
  /** JSON; undefined without a body. */
  body: unknown
  /** Raw text that replaces the parts above. */
  raw: { path?: string; body?: string; isBroken?: boolean; form?: string }
}

/** A change that makes a valid request an unusual or invalid one. */
export interface Twist {
  readonly name: string
  /** Where: `query limit`, `body /scope/network`. */
  readonly place: string
  readonly apply: (draft: Draft) => void
  /** What is wrong with the answer, when the request has this twist and no other; undefined when nothing is. */
  readonly expects?: (answer: Answer) => string | undefined
}

export interface Drawn {
  readonly base: Draft
  readonly twists: readonly Twist[]
}

/** The request with these of its twists. */
export function twisted({ base }: Drawn, twists: readonly Twist[]): Draft {
  const { operation, caller, body, ...parts } = base
  const draft: Draft = { operation, caller, body: structuredClone(body), ...structuredClone(parts) }
  for (const { apply } of twists) apply(draft)
  return draft
}

export function render(draft: Draft): HttpRequest {
  const { method, caller, headers, raw } = draft
  const form = raw.form === undefined ? undefined : imageForm(raw.form)
  const body = raw.body ?? form?.body ?? (draft.body === undefined ? null : toJson(draft.body))
  const type = form?.contentType ?? (body === null || raw.isBroken ? undefined : 'application/json')
  const all = { ...caller.headers, ...(type && { 'content-type': type }), ...headers }
  return {
    method,
    path: `${raw.path ?? pathOf(draft)}${queryOf(draft.query)}`,
    headers: Object.entries(all).filter(([, value]) => value !== ''),
    body,
    ...(raw.isBroken && { isBroken: true }),
  }
}

/** `__proto__` is a field like any other here. */
const toJson = (value: unknown) => JSON.stringify(value)

export function pathOf({ operation, params }: Draft): string {
  return operation.path.replace(/\{([^}]+)\}/g, (_, name: string) => encode(params[name] ?? ''))
}

function queryOf(query: Draft['query']): string {
  if (query.length === 0) return ''
  return `?${query.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')}`
}

/** An unpaired surrogate has no encoding: it is written as the bytes that a naive client would send. */
function encode(text: string): string {
  try {
    return encodeURIComponent(text)
  } catch {
    return '%ED%A0%80'
  }
}
