type Side<T> = (round: number) => Promise<T>

/**
 * Measures the sides in turns (A B, B A, A B …), so that other load on the machine meets all of them alike. A first
 * round warms up and is thrown away.
 */
export async function interleave<K extends string, T>(
  rounds: number,
  sides: Readonly<Record<K, Side<T>>>,
  { warmUp = true }: { warmUp?: boolean } = {},
): Promise<Record<K, T[]>> {
  const names = Object.keys(sides) as K[]
  const measured = Object.fromEntries(names.map((name) => [name, [] as T[]])) as Record<K, T[]>
  for (let round = warmUp ? -1 : 0; round < rounds; round++) {
    const order = round % 2 === 0 ? names : names.toReversed()
    for (const name of order) {
      const value = await sides[name](round)
      if (round >= 0) measured[name].push(value)
    }
  }
  return measured
}

/** Round by round, as both sides of a round met the same machine. */
export const ratios = (ours: readonly number[], theirs: readonly number[]): number[] =>
  ours.map((value, round) => value / (theirs[round] ?? Number.NaN))
