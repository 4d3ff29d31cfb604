import { type ExtraName, extraShape, type NetworkManifest } from '@hamava/contracts'
import { z } from 'zod'

/** The facts of one network, as its folder states them. */
export type Manifest = NetworkManifest

/** How a network counts a text. */
export type TextRule = Manifest['text']

/** A network's facts beside the schema of its settings: all that the validator needs to know. */
export interface NetworkRules {
  manifest: Manifest
  settings: z.ZodType
}

/** A settings schema as the JSON Schema that manifests carry. */
export const jsonSchemaOf = (schema: z.ZodType): Record<string, unknown> =>
  z.toJSONSchema(schema, { io: 'input' })

/** The JSON Schemas of the extras that a network takes, as manifests carry them. */
export const extraSchemas = (...names: ExtraName[]): Manifest['extras'] =>
  Object.fromEntries(
    names.map((name) => [
      name,
      jsonSchemaOf((extraShape as ExtraShapes)[name]?.unwrap() as z.ZodType),
    ]),
  )

type ExtraShapes = Record<string, z.ZodNullable | undefined>
