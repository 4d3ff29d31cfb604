import { z } from 'zod'
import { jsonOf, type Received } from '../../fakes/serve.ts'
import { countUnits, isBlank } from '../../rules/text-length.ts'
import { keyings } from './entries.ts'
import { RefusedRequest } from './refused-request.ts'

export const handle = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9_.-]{0,48}[a-z0-9_])?$/, 'must be up to 50 of a–z 0–9 . _ -')
const name = z.string().trim().min(1).max(200)
const id = z.string().min(1).max(100)

export const accountInput = z.object({
  handle,
  name: name.optional(),
  keyed: z.enum(keyings).optional(),
  rateLimit: z
    .object({
      limit: z.number().int().min(1).max(10_000_000),
      windowMs: z.number().int().min(100).max(86_400_000),
    })
    .optional(),
  tokenTtlMs: z.number().int().min(100).max(31_536_000_000).nullable().optional(),
})

const text = z
  .string()
  .max(20_000)
  .transform((value) => value.normalize('NFC'))
  .refine((value) => value.length <= 1000 || countUnits(value, 'graphemes') <= 1000, {
    message: 'text_too_long',
  })

const place = z.object({
  name: z.string().min(1).max(200),
  latitude: z.number().optional(),
  longitude: z.number().optional(),
})
export type Place = z.infer<typeof place>

export const postInput = z
  .object({
    text: text.default(''),
    media: z
      .array(z.object({ id, alt: z.string().max(4000).default('') }))
      .max(4)
      .default([]),
    parent: id.nullable().default(null),
    visibility: z.enum(['public', 'unlisted']).default('public'),
    location: place.nullish(),
  })
  .refine((post) => !isBlank(post.text) || post.media.length > 0, { message: 'text_empty' })

export const messageInput = z.object({
  to: id,
  text: text.refine((value) => !isBlank(value), { message: 'text_empty' }),
})

const person = z
  .union([
    handle.transform((value) => ({ handle: value, name: value })),
    z.object({ handle, name: name.optional() }).transform((one) => ({ name: one.handle, ...one })),
  ])
  .transform(({ handle: of, name: called }) => ({ handle: of, name: called ?? of }))
const count = z.number().int().min(1).max(1000).default(1)

/** Somebody writes to an account: about it, or to it alone. */
export const wroteInput = z.object({
  handle,
  from: person.optional(),
  text: text.optional(),
  count,
})
/** Somebody comments on a post, or on the latest one of an account. */
export const commentInput = z.object({
  postId: id.optional(),
  handle: handle.optional(),
  from: person.optional(),
  text: text.optional(),
  count,
})

export const webhookInput = z.object({ url: z.url().max(2000), secret: z.string().min(8).max(256) })
export const refreshInput = z.object({ refreshToken: z.string().max(200) })

/** Reads a JSON body; refuses anything else, so that no page of another site can send one unseen. */
export function parseJson<S extends z.ZodType>(request: Received, schema: S): z.output<S> {
  if (!request.headers['content-type']?.startsWith('application/json'))
    throw new RefusedRequest(415, 'json_expected', 'Send application/json.')
  return parse(jsonOf(request.body), schema)
}

export function parse<S extends z.ZodType>(value: unknown, schema: S): z.output<S> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const known = ['text_too_long', 'text_empty'].find((code) => code === issue?.message)
  const where = issue?.path.join('.') || 'body'
  throw new RefusedRequest(
    422,
    known ?? 'invalid',
    sentences[known ?? ''] ?? `${where}: ${issue?.message}`,
  )
}

const sentences: Record<string, string> = {
  text_too_long: 'A text may have at most 1000 characters.',
  text_empty: 'A post needs a text or media, and a message a text.',
}

export function keyFrom(request: Received): string | null {
  const key = request.headers['idempotency-key']
  if (typeof key !== 'string' || key === '') return null
  if (key.length > 200) throw new RefusedRequest(422, 'invalid', 'Idempotency-Key is too long.')
  return key
}

/** A whole number from the query, within bounds. */
export function numberParam({ url }: Received, param: string, normal: number, max: number): number {
  const value = Number(url.searchParams.get(param) ?? normal)
  return Number.isSafeInteger(value) && value >= 0 ? Math.min(value, max) : normal
}
