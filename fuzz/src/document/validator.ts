import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { ApiDocument } from './operation.ts'
import type { JsonSchema } from './schema.ts'

/** Checks a value against a schema of the document; undefined when it fits, else what is wrong. */
export type Validate = (schema: JsonSchema, value: unknown) => string | undefined

export function validatorOf({ schemas }: Pick<ApiDocument, 'schemas'>): Validate {
  const ajv = formats.default(new Ajv2020({ strict: false, allErrors: false }))
  const compiled = new Map<JsonSchema, ReturnType<typeof ajv.compile>>()
  return (schema, value) => {
    let validate = compiled.get(schema)
    if (!validate) {
      validate = ajv.compile({ ...schema, components: { schemas } })
      compiled.set(schema, validate)
    }
    return validate(value) ? undefined : ajv.errorsText(validate.errors)
  }
}
