import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { dev } from './api.ts'

export interface Operation {
  method: string
  path: string
  operationId: string
  /** The permission it needs, `logged-in`, `person`, or `public`. */
  permission: string
  needsBody: boolean
  /** The first example of its body. */
  example: unknown
  responses: Record<string, { content?: Record<string, { schema?: object }> }>
  /** The codes of its refusals. */
  'x-problems': string[]
}

interface RawOperation extends Pick<Operation, 'operationId' | 'responses' | 'x-problems'> {
  'x-permission': string
  requestBody?: { content: Record<string, { schema: { $ref?: string } }> }
}

interface Document {
  paths: Record<string, Record<string, RawOperation>>
  components: { schemas: Record<string, { examples?: unknown[] }> }
}

let loaded: Promise<Document> | null = null

export function document(): Promise<Document> {
  loaded ??= fetch(`${dev.gatewayUrl}/v1/openapi.json`).then(
    (response) => response.json() as Promise<Document>,
  )
  return loaded
}

/** Every operation of the API document, with an example of its body. */
export async function operations(): Promise<Operation[]> {
  const { paths, components } = await document()
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, raw]): Operation => {
      const schema = raw.requestBody?.content['application/json']?.schema
      const name = schema?.$ref?.split('/').at(-1) ?? ''
      return {
        method: method.toUpperCase(),
        path,
        operationId: raw.operationId,
        permission: raw['x-permission'],
        needsBody: raw.requestBody !== undefined,
        example: components.schemas[name]?.examples?.[0],
        responses: raw.responses,
        'x-problems': raw['x-problems'],
      }
    }),
  )
}

const ajv = formats.default(new Ajv2020({ strict: false, allErrors: true }))

/** Throws unless an answer is what the API document says of it. */
export async function checkAnswer(
  method: string,
  path: string,
  status: number,
  body: unknown,
): Promise<void> {
  const all = await operations()
  const operation = all.find(
    (one) => one.method === method && matches(one.path, path.split('?')[0] ?? ''),
  )
  if (!operation) return
  const { code } = (body ?? {}) as { code?: string }
  if (status >= 400 && !operation['x-problems'].includes(code ?? '')) {
    throw new Error(`${method} ${path}: ${operation.operationId} does not name ${code}`)
  }
  const response = operation.responses[status < 400 ? status : 'default']
  const content = Object.values(response?.content ?? {})[0]
  if (!content?.schema) throw new Error(`${method} ${path}: ${status} is not in the API document`)
  const { components } = await document()
  const validate = ajv.compile({ ...content.schema, components })
  if (validate(body)) return
  const faults = ajv.errorsText(validate.errors)
  throw new Error(`${method} ${path} answered ${status} against its document: ${faults}`)
}

function matches(template: string, path: string): boolean {
  const [wanted, given] = [template.split('/'), path.split('/')]
  return (
    wanted.length === given.length &&
    wanted.every((part, i) => part.startsWith('{') || part === given[i])
  )
}
