/** Whether it is the name of a zone that is known here. */
export function isZone(name: unknown): name is string {
  // Runtimes accept offsets as zones, too; those know no daylight saving time.
  if (typeof name !== 'string' || !/^[a-z]/i.test(name)) return false
  try {
    return Boolean(Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}
