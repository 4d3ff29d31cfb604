import type { Bilingual } from './bilingual.ts'
import type { PostContent } from './post-content.ts'

// Without zod: browsers load this file.

/**
 * What a post may have besides its messages, where a network takes it (`extras` of its manifest), and what people call
 * it. An entry here, and its shape in `post-content.ts`, is kept, varied by channel, compared, validated, told and
 * handed to the connectors that take it.
 */
const extras = {
  location: { en: 'location', fa: 'مکان' },
} as const satisfies Record<string, Bilingual>

export type ExtraName = keyof typeof extras
export const extraNames = Object.keys(extras) as ExtraName[]

/** What people call it, in both languages. */
export const nameOfExtra = (extra: ExtraName): Bilingual => extras[extra]

/** The content of a post that says nothing. */
export const emptyContent = {
  text: '',
  assets: [],
  parts: [],
  firstComment: null,
  ...(Object.fromEntries(extraNames.map((name) => [name, null])) as { [K in ExtraName]: null }),
  targets: [],
} satisfies PostContent
