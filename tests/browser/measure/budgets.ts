/** Says what was measured, and what it may be; when it is more, the whole run fails at its end. */
export function note(what: string, value: number, unit: string, atMost: number): void {
  const isOver = !(value <= atMost)
  if (isOver) process.exitCode = 1
  const shown = value < 1 ? value.toFixed(3) : Math.round(value)
  console.log(`${isOver ? '✗' : '✓'} ${what}: ${shown} ${unit} of ${atMost}`)
}

/** Of values in any order, the one that a share of them does not exceed. */
export const quantile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)
