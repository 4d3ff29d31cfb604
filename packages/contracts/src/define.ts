import type { z } from 'zod'

/** A fact that happened, named `<owner>.<noun>.<past>.v<n>`; only the owner publishes it. */
export interface EventContract<S extends z.ZodType = z.ZodType> {
  readonly kind: 'event'
  readonly name: string
  readonly owner: Owner
  readonly schema: S
}

/** A question with a waiting caller, named `<owner>.<noun>.<verb>`; only the owner answers it. */
export interface RequestContract<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly kind: 'request'
  readonly name: string
  readonly owner: Owner
  readonly input: I
  readonly output: O
}

export const owners = [
  'gateway',
  'content',
  'scheduling',
  'publishing',
  'listening',
  'analytics',
] as const
export type Owner = (typeof owners)[number]

/** The body of an event, as a consumer sees it. */
export type BodyOf<E extends EventContract> = z.output<E['schema']>
/** What a caller sends. */
export type InputOf<R extends RequestContract> = z.input<R['input']>
/** What a handler receives, after defaults were filled in. */
export type ParsedInputOf<R extends RequestContract> = z.output<R['input']>
/** What a caller gets back. */
export type OutputOf<R extends RequestContract> = z.output<R['output']>

const eventName = /^[a-z]+(\.[a-z-]+){2}\.v\d+$/
const requestName = /^[a-z]+(\.[a-z-]+){2}$/

/** Declares an event: subject and schema in one place. Throws on a name that breaks the pattern. */
export function event<S extends z.ZodType>(name: string, schema: S): EventContract<S> {
  if (!eventName.test(name)) throw new Error(`event name ${name} is not <owner>.<noun>.<past>.v<n>`)
  return { kind: 'event', name, owner: ownerOf(name), schema }
}

/** Declares a request: subject, input and output in one place. Throws on a name that breaks the pattern. */
export function request<I extends z.ZodType, O extends z.ZodType>(
  name: string,
  input: I,
  output: O,
): RequestContract<I, O> {
  if (!requestName.test(name)) throw new Error(`request name ${name} is not <owner>.<noun>.<verb>`)
  return { kind: 'request', name, owner: ownerOf(name), input, output }
}

function ownerOf(name: string): Owner {
  const owner = owners.find((candidate) => name.startsWith(`${candidate}.`))
  if (!owner) throw new Error(`${name} begins with none of ${owners.join(', ')}`)
  return owner
}

/** Where all replicas of a service hear of a topic; such a message may be lost. */
export const broadcastSubject = (owner: Owner, topic: string) => `wake.${owner}.${topic}`

/** Where a service hears that something is due soon; such a message may be lost. */
export const wakeSubject = (owner: Owner) => broadcastSubject(owner, 'due')

/** The stream that keeps an owner's events, and the subjects it takes: four words, where requests have three. */
export const streamOf = (owner: Owner) => ({
  name: `hamava_${owner}`,
  subjects: [`${owner}.*.*.*`],
})
