import { type JsonSchema, resolve, type Schemas } from '../document/schema.ts'
import type { Draft } from './draft.ts'

/** Where a request holds a value that the document describes. */
export interface Place {
  readonly in: 'path' | 'query' | 'body'
  /** The name of what stands there. */
  readonly name: string
  readonly label: string
  readonly schema: JsonSchema
  readonly set: (draft: Draft, value: unknown) => void
}

export function placesOf(draft: Draft, schemas: Schemas): Place[] {
  const parameters = draft.operation.parameters.flatMap(({ in: where, name, schema }): Place[] => {
    if (where === 'path') {
      const set = (one: Draft, value: unknown) => {
        one.params[name] = String(value)
      }
      return [
        { in: where, name, label: `path ${name}`, schema: idOfPath(draft, name, schema), set },
      ]
    }
    if (where !== 'query') return []
    const set = (one: Draft, value: unknown) => {
      one.query = [...one.query.filter(([other]) => other !== name), [name, String(value)]]
    }
    return [{ in: where, name, label: `query ${name}`, schema, set }]
  })
  const schema = draft.operation.body?.schema
  if (!schema || typeof draft.body !== 'object' || draft.body === null) return parameters
  return [...parameters, ...bodyPlaces(draft.body, schema, schemas, [])]
}

/** The document says only that a path holds a text; the id that stands there tells which kind of id fits. */
function idOfPath(draft: Draft, name: string, schema: JsonSchema): JsonSchema {
  const prefix = /^([a-z]+)_/.exec(draft.params[name] ?? '')?.[1]
  return schema.pattern || schema.enum || !prefix ? schema : { ...schema, pattern: `^${prefix}_[` }
}

function bodyPlaces(
  value: object,
  given: JsonSchema,
  schemas: Schemas,
  path: readonly string[],
): Place[] {
  const schema = branchFor(resolve(given, schemas), value, schemas)
  return Object.entries(schema.properties ?? {}).flatMap(([key, property]) => {
    const at = [...path, key]
    const here = placeAt(at, property)
    const inner = (value as Record<string, unknown>)[key]
    if (typeof inner !== 'object' || inner === null) return [here]
    if (!Array.isArray(inner)) return [here, ...bodyPlaces(inner, property, schemas, at)]
    const items = resolve(property, schemas).items ?? {}
    const nested = inner.flatMap((one: unknown, index) =>
      typeof one === 'object' && one !== null
        ? bodyPlaces(one, items, schemas, [...at, String(index)])
        : [placeAt([...at, String(index)], items)],
    )
    return [here, ...nested]
  })
}

function placeAt(path: readonly string[], schema: JsonSchema): Place {
  const set = (draft: Draft, value: unknown) => setAt(draft.body, path, value)
  const name = path.findLast((one) => !/^\d+$/.test(one)) ?? ''
  const label = `body /${path.map((one) => (/^\d+$/.test(one) ? '*' : one)).join('/')}`
  return { in: 'body', name, label, schema, set }
}

/** Of several alternatives, the schema that a value was made by. */
export function branchFor(schema: JsonSchema, value: object, schemas: Schemas): JsonSchema {
  const branches = schema.anyOf ?? schema.oneOf
  if (!branches) return schema
  const fits = branches
    .map((one) => resolve(one, schemas))
    .find(({ properties = {}, required = [] }) => {
      const kinds = properties.kind?.enum
      const kind = (value as Record<string, unknown>).kind
      return required.every((key) => key in value) && (!kinds || kinds.includes(kind))
    })
  return fits ?? {}
}

export function setAt(root: unknown, path: readonly string[], value: unknown): void {
  let at = root
  for (const key of path.slice(0, -1)) {
    if (typeof at !== 'object' || at === null) return
    at = (at as Record<string, unknown>)[key]
  }
  const last = path.at(-1)
  if (typeof at !== 'object' || at === null || last === undefined) return
  Object.defineProperty(at, last, { value, enumerable: true, configurable: true, writable: true })
}
