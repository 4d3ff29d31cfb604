/** What stands in a post of the benchmark: which kind it is of, its number, and when it was due. */
export interface PostText {
  readonly kind: string
  readonly number: number
  readonly dueAt: number
}

export const writeText = ({ kind, number, dueAt }: PostText): string =>
  `سنجش ${kind} ${number} ${dueAt}`

export function readText(text: string): PostText {
  const [, kind = '', number, dueAt] = text.split(' ')
  return { kind, number: Number(number), dueAt: Number(dueAt) }
}
