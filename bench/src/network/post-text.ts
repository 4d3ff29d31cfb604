/** What stands in a post of the benchmark (`سنجش post 12 1795300000000`): of which kind it is, its number, and when it was due. */
export interface PostText {
  readonly kind: string
  readonly number: number
  readonly dueAt: number
}

export function readText(text: string): PostText {
  const [, kind = '', number, dueAt] = text.split(' ')
  return { kind, number: Number(number), dueAt: Number(dueAt) }
}
