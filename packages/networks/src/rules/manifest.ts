import type { NetworkManifest } from '@hamava/contracts'
import { z } from 'zod'

/** How a network counts a text: the contract's rule and the peculiarities that only counting needs. */
export type TextRule = NetworkManifest['text'] & {
  /** `@user@host` counts as `@user`. */
  shortMentions?: boolean
  /** Settings that share the text's limit, such as a content warning. */
  countedSettings?: readonly string[]
}

/** The facts of one network, as its folder states them. */
export type Manifest = Omit<NetworkManifest, 'text'> & { text: TextRule }

/** A network's facts beside the schema of its settings: all that the validator needs to know. */
export interface NetworkRules {
  manifest: Manifest
  settings: z.ZodType
}

/** A settings schema as the JSON Schema that manifests carry. */
export const jsonSchemaOf = (schema: z.ZodType): Record<string, unknown> =>
  z.toJSONSchema(schema, { io: 'input' })
