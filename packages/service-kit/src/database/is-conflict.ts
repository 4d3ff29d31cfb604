/** PostgreSQL's `deadlock_detected` and `serialization_failure`. */
const codes = ['40P01', '40001']

/** Whether a transaction was rolled back by a conflict with another, so that the same work can be retried. */
export function isConflict(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  const { code, driverError } = error as { code?: unknown; driverError?: unknown }
  if (typeof code === 'string' && codes.includes(code)) return true
  return driverError !== undefined && driverError !== error && isConflict(driverError)
}
