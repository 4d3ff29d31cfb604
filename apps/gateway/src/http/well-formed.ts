import { AppError } from '@hamava/service-kit'
import { pointerOf } from './problems/invalid-input.ts'

/** Deeper than any body of ours. */
const deepest = 40

const faults = {
  text: {
    en: 'holds a NUL or half a character',
    fa: 'کاراکتر NUL یا نیمی از یک کاراکتر دارد',
  },
  depth: { en: 'is nested too deeply', fa: 'بیش از اندازه تودرتو است' },
  name: {
    en: 'has a field that no object may have',
    fa: 'فیلدی دارد که هیچ شیئی نباید داشته باشد',
  },
}

/**
 * Refuses characters that no text may hold: a NUL, which PostgreSQL does not take, and unpaired surrogates, which would
 * be replaced somewhere on the way. Names the place in the error.
 */
export function refuseMalformed(value: unknown, path: string[] = []): void {
  if (path.length > deepest) throw invalid(path.slice(0, 3), 'depth')
  if (typeof value === 'string') {
    if (value.includes('\0') || !value.isWellFormed()) throw invalid(path, 'text')
    return
  }
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    // Copied onto another object, `__proto__` would change its prototype.
    if (key === '__proto__') throw invalid(path, 'name')
    refuseMalformed(key, path)
    refuseMalformed(inner, [...path, key])
  }
}

function invalid(path: string[], fault: keyof typeof faults): AppError {
  const errors = [{ pointer: pointerOf(path), code: 'malformed', message: faults[fault] }]
  return new AppError('invalid_input', {}, { errors })
}
