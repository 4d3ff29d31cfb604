import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common'
import { z } from 'zod'
import { type Issue, invalidInput } from './problems/invalid-input.ts'
import { refuseMalformed } from './well-formed.ts'

/** Holds every body, query and path against its schema. A query parameter that the schema does not know is refused. */
@Injectable()
export class SchemaPipe implements PipeTransform {
  private readonly strict = new WeakMap<z.ZodObject, z.ZodObject>()

  async transform(value: unknown, { type, schema }: ArgumentMetadata): Promise<unknown> {
    if (type === 'custom') return value
    refuseMalformed(value)
    if (!schema) return value
    const rules = type === 'query' && schema instanceof z.ZodObject ? this.strictly(schema) : schema
    const result = await rules['~standard'].validate(value)
    if (!result.issues) return result.value
    throw invalidInput(result.issues as readonly Issue[], value)
  }

  private strictly(schema: z.ZodObject): z.ZodObject {
    const known = this.strict.get(schema) ?? schema.strict()
    this.strict.set(schema, known)
    return known
  }
}
