import { AppError } from '@hamava/service-kit'
import { Injectable, type PipeTransform } from '@nestjs/common'

/** Deeper than any body of ours. */
const deepest = 40

/**
 * Refuses what no text may hold: a NUL, which PostgreSQL does not take, and halves of characters, which
 * would arrive somewhere as something else. Says where it stands.
 */
export function refuseMalformed(value: unknown, path: string[] = []): void {
  if (path.length > deepest) throw invalid(path.slice(0, 3), 'is nested too deeply')
  if (typeof value === 'string') {
    if (value.includes('\0') || !value.isWellFormed()) {
      throw invalid(path, 'holds a NUL or half a character')
    }
    return
  }
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    refuseMalformed(key, path)
    refuseMalformed(inner, [...path, key])
  }
}

function invalid(path: string[], message: string): AppError {
  const pointer = path
    .map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('')
  return new AppError('invalid_input', {}, { errors: [{ pointer, code: 'malformed', message }] })
}

/** Looks at every body, query and path before their schemas do. */
@Injectable()
export class WellFormedPipe implements PipeTransform {
  transform(value: unknown, { type }: { type: string }): unknown {
    if (type !== 'custom') refuseMalformed(value)
    return value
  }
}
