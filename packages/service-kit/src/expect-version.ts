import { AppError } from './app-error.ts'

/**
 * Throws `stale` unless `current` is among the versions that the caller may have read; `null` stands for whichever it
 * is now.
 */
export function expectVersion(read: readonly number[] | null, current: number): void {
  if (read === null || read.includes(current)) return
  throw new AppError('stale', { sent: read.join(', ') || '—', current: String(current) })
}
