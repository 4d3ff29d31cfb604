import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { checkAnswer } from './openapi.ts'

/** What a running system says of itself. */
export interface Dev {
  gatewayUrl: string
  sandboxUrl: string
  email: string
  password: string
  apiKey: string
  databaseUrl: string
}

export const dev = JSON.parse(process.env.HAMAVA_FLOWS_DEV ?? '{}') as Dev

export interface Answer<T> {
  status: number
  headers: Headers
  body: T
}

/**
 * One call of the REST API, with the demo workspace's key unless the headers say otherwise. Every
 * answer is held against the API document.
 */
export async function api<T>(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer<T>> {
  const isForm = body instanceof FormData
  const response = await fetch(`${dev.gatewayUrl}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${dev.apiKey}`,
      ...(body !== undefined && !isForm && { 'content-type': 'application/json' }),
      ...(method === 'POST' && { 'idempotency-key': randomUUID() }),
      ...headers,
    },
    ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  const parsed: unknown = text ? JSON.parse(text) : null
  await checkAnswer(method, path, response.status, parsed)
  return { status: response.status, headers: response.headers, body: parsed as T }
}

interface Channel {
  id: string
  network: string
  handle: string
}

/** The demo workspace's first channel on a network. */
export async function channelOn(network: string, handle?: string): Promise<Channel> {
  const { body } = await api<{ items: Channel[] }>('GET', '/v1/channels')
  const found = body.items.find(
    (one) => one.network === network && (!handle || one.handle === handle),
  )
  if (!found) throw new Error(`no channel on ${network}`)
  return found
}

/** A small picture, uploaded with its alternative text. */
export async function upload(alt: string, headers?: Record<string, string>): Promise<string> {
  const form = new FormData()
  form.set('alt', alt)
  const bytes = readFileSync(new URL('./damavand.png', import.meta.url))
  form.set('file', new Blob([bytes]), 'دماوند.png')
  const { body } = await api<{ id: string }>('POST', '/v1/assets', form, headers)
  return body.id
}
