import type { JsonSchema, Schemas } from './schema.ts'

export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required: boolean
  readonly schema: JsonSchema
}

export interface DocumentedAnswer {
  readonly content?: Readonly<Record<string, { readonly schema?: JsonSchema }>>
}

export interface Operation {
  readonly id: string
  readonly method: string
  /** With its parameters in braces. */
  readonly path: string
  /** A permission, or `public`, `person`, `logged-in`. */
  readonly permission: string
  readonly parameters: readonly Parameter[]
  readonly body: { readonly contentType: string; readonly schema: JsonSchema } | null
  readonly answers: Readonly<Record<string, DocumentedAnswer>>
  /** The codes with which it refuses, where the document lists them. */
  readonly codes: readonly string[] | null
}

export interface ApiDocument {
  readonly operations: readonly Operation[]
  readonly schemas: Schemas
}

interface RawOperation {
  operationId: string
  'x-permission'?: string
  'x-problems'?: string[]
  parameters?: (Omit<Parameter, 'required'> & { required?: boolean })[]
  requestBody?: { content: Record<string, { schema?: JsonSchema }> }
  responses: Record<string, DocumentedAnswer>
}

interface RawDocument {
  paths: Record<string, Record<string, RawOperation>>
  components: { schemas: Record<string, JsonSchema> }
}

/** Every operation of an OpenAPI 3.1 document. */
export function readDocument(raw: unknown): ApiDocument {
  const { paths, components } = raw as RawDocument
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => toOperation(method.toUpperCase(), path, one)),
  )
  return { operations, schemas: components.schemas }
}

export async function fetchDocument(url: string): Promise<ApiDocument> {
  const answer = await fetch(`${url}/v1/openapi.json`, { signal: AbortSignal.timeout(30_000) })
  if (!answer.ok) throw new Error(`${url}/v1/openapi.json answered ${answer.status}`)
  return readDocument(await answer.json())
}

function toOperation(method: string, path: string, raw: RawOperation): Operation {
  const [content] = Object.entries(raw.requestBody?.content ?? {})
  return {
    id: raw.operationId,
    method,
    path,
    permission: raw['x-permission'] ?? 'logged-in',
    parameters: (raw.parameters ?? []).map((one) => ({ ...one, required: one.required === true })),
    body: content ? { contentType: content[0], schema: content[1].schema ?? {} } : null,
    answers: raw.responses,
    codes: raw['x-problems'] ?? null,
  }
}

export const pathParameters = ({ parameters }: Operation) =>
  parameters.filter((one) => one.in === 'path')
export const queryParameters = ({ parameters }: Operation) =>
  parameters.filter((one) => one.in === 'query')
export const takesHeader = ({ parameters }: Operation, name: string) =>
  parameters.some((one) => one.in === 'header' && one.name.toLowerCase() === name)

/** The operation that a concrete path belongs to. */
export function findOperation(
  { operations }: ApiDocument,
  method: string,
  path: string,
): Operation | undefined {
  const given = path.split('/')
  const fits = operations.filter((one) => one.method === method && matches(one.path, given))
  // `/publications/missing` before `/publications/{id}`.
  return fits.sort((a, b) => a.path.split('{').length - b.path.split('{').length)[0]
}

export function matches(template: string, given: readonly string[]): boolean {
  const wanted = template.split('/')
  return (
    wanted.length === given.length &&
    wanted.every((part, at) => part.startsWith('{') || part === given[at])
  )
}
