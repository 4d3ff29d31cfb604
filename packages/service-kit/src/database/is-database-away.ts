const codes = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P01', '57P02', '57P03', '53300']

/** Whether an error says that PostgreSQL cannot be reached right now, rather than that a statement was wrong. */
export function isDatabaseAway(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  const { code, message, driverError } = error as {
    code?: unknown
    message?: unknown
    driverError?: unknown
  }
  if (typeof code === 'string' && (codes.includes(code) || code.startsWith('08'))) return true
  if (
    typeof message === 'string' &&
    /Connection terminated|timeout exceeded when trying to connect/.test(message)
  ) {
    return true
  }
  return driverError !== undefined && driverError !== error && isDatabaseAway(driverError)
}
