export interface Run {
  kind: 'same' | 'added' | 'removed'
  text: string
}

/** Longer texts are compared as a whole: the table of a word by word comparison would not fit. */
const mostWords = 2_000

/** The shortest way from one text to another, in words with the space that follows them. */
export function diffWords(before: string, after: string): Run[] {
  const [one, other] = [wordsOf(before), wordsOf(after)]
  if (before === after) return before ? [{ kind: 'same', text: before }] : []
  if (one.length > mostWords || other.length > mostWords) {
    return [
      { kind: 'removed', text: before },
      { kind: 'added', text: after },
    ]
  }
  const common = commonLengths(one, other)
  const runs: Run[] = []
  const add = (kind: Run['kind'], text: string) => {
    const last = runs.at(-1)
    if (last?.kind === kind) last.text += text
    else runs.push({ kind, text })
  }
  let [at, to] = [0, 0]
  while (at < one.length || to < other.length) {
    const [mine, theirs] = [one[at], other[to]]
    if (mine !== undefined && mine === theirs) {
      add('same', mine)
      at++
      to++
    } else if (
      theirs !== undefined &&
      (mine === undefined || lengthAt(at, to + 1) > lengthAt(at + 1, to))
    ) {
      add('added', theirs)
      to++
    } else if (mine !== undefined) {
      add('removed', mine)
      at++
    }
  }
  return runs
  function lengthAt(row: number, column: number): number {
    return common[row]?.[column] ?? 0
  }
}

const wordsOf = (text: string): string[] => text.match(/\S+\s*|\s+/gu) ?? []

/** For each pair of places, how many words the rests have in common, in order. */
function commonLengths(one: string[], other: string[]): Uint16Array[] {
  const table = Array.from({ length: one.length + 1 }, () => new Uint16Array(other.length + 1))
  for (let row = one.length - 1; row >= 0; row--) {
    for (let column = other.length - 1; column >= 0; column--) {
      const [here, below] = [table[row], table[row + 1]]
      if (!here || !below) continue
      here[column] =
        one[row] === other[column]
          ? (below[column + 1] ?? 0) + 1
          : Math.max(below[column] ?? 0, here[column + 1] ?? 0)
    }
  }
  return table
}
