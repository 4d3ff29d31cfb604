import type { Bilingual, FieldError } from '@hamava/contracts'
import { fieldMessages } from '@hamava/contracts'
import { AppError } from '@hamava/service-kit'
import { z } from 'zod'

type Key = PropertyKey | { key: PropertyKey }

/** What a schema found wrong. */
export interface Issue {
  message: string
  code?: string
  keys?: string[]
  path?: readonly Key[] | undefined
}

const inPersian = z.locales.fa().localeError as (issue: object) => string | undefined

/**
 * What a schema found wrong with a value, as pointers into it.
 *
 * @param value what was sent: the sentences speak of it.
 */
export function invalidInput(issues: readonly Issue[], value: unknown): AppError {
  const errors = issues.map((issue): FieldError => {
    const path = (issue.path ?? []).map((part) => (typeof part === 'object' ? part.key : part))
    return { pointer: pointerOf(path), code: 'invalid', message: inBoth(issue, at(value, path)) }
  })
  return new AppError('invalid_input', {}, { errors })
}

export const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** Our own sentences stand beside their rules; the schema library has its own in Persian as well. */
function inBoth(issue: Issue, input: unknown): Bilingual {
  const en = issue.message
  return { en, fa: fieldMessages[en] ?? inPersian({ ...issue, input }) ?? en }
}

const at = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null
        ? (inner as Record<PropertyKey, unknown>)[key]
        : undefined,
    value,
  )
