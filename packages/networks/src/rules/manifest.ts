import type { NetworkManifest } from '@hamava/contracts'
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
