import type { z } from 'zod'
import type { Bilingual } from './bilingual.ts'

/** The literal values to choose from (`public`, `unlisted`); `never` for free text. */
type Choices<T> = T extends string ? (string extends T ? never : T) : never

/** What a person reads of a setting. */
type Labels<T> = { label: Bilingual; hint?: Bilingual } & ([Choices<T>] extends [never]
  ? { valueLabels?: never }
  : { valueLabels: Record<Choices<T>, Bilingual> })

/**
 * A setting with its words for people, which its JSON Schema carries along: forms are drawn from it. What `describe`
 * says stays for programs.
 */
export const labelled = <S extends z.ZodType>(schema: S, labels: Labels<z.output<S>>): S =>
  schema.meta({ ...schema.meta(), ...labels })
