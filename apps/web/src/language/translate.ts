import type { en, Words } from './words/en.ts'

type English = typeof en

/** The path of a text: `calendar.moved`. */
type Key = { [Part in keyof English]: KeyIn<English[Part], Part> }[keyof English]
type KeyIn<Texts, Path extends string> = {
  [Name in keyof Texts & string]: Texts[Name] extends string
    ? `${Path}.${Name}`
    : KeyIn<Texts[Name], `${Path}.${Name}`>
}[keyof Texts & string]

type TextAt<Path extends string, Texts = English> = Path extends `${infer Name}.${infer Rest}`
  ? TextAt<Rest, Texts[Name & keyof Texts]>
  : Texts[Path & keyof Texts]

/** The placeholders of a text: `when` of `Moved to {{when}}`. */
type Gaps<Text> = Text extends `${string}{{${infer Gap}}}${infer Rest}` ? Gap | Gaps<Rest> : never

/** No argument for a text without placeholders. */
type Fills<Path extends Key> = [Gaps<TextAt<Path>>] extends [never]
  ? []
  : [fills: Record<Gaps<TextAt<Path>>, string>]

/** The text at a path, with its placeholders filled in; the compiler checks both. */
export type Translate = <Path extends Key>(path: Path, ...fills: Fills<Path>) => string

/** One function per language, stable as long as the language stays. */
export const translatorOf =
  (words: Words): Translate =>
  (path, ...[fills]) =>
    textAt(words, path).replace(/{{(\w+)}}/g, (_, gap: string) =>
      isolated(fills?.[gap as never] ?? ''),
    )

/** A name in the other script must not reorder the sentence around it: first strong isolate, and its end. */
const isolated = (fill: string): string => (needsNone.test(fill) ? fill : `\u2068${fill}\u2069`)

/** Numbers read the same in either direction. */
const needsNone = /^[\d۰-۹٬٫.,\s]*$/

function textAt(words: Words, path: string): string {
  let at: unknown = words
  for (const name of path.split('.')) at = (at as Record<string, unknown>)[name]
  return at as string
}
