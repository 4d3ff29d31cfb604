/** One row of each key: the one with the highest version; among equals, and without a version, the last. */
export function newestOf<Row, P extends keyof Row>(
  rows: readonly Row[],
  key: P,
  version?: P,
): Map<Row[P], Row> {
  const newest = new Map<Row[P], Row>()
  for (const row of rows) {
    const before = newest.get(row[key])
    if (!before || version === undefined || row[version] >= before[version])
      newest.set(row[key], row)
  }
  return newest
}
