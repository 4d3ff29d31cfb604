import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { persian } from './react-aria.fa.ts'

type Texts = Record<string, string | (() => string)>

/** What the installed version says in English. */
async function englishOf(part: string): Promise<Texts> {
  const [library, name = ''] = part.split('/') as [string, string?]
  const modules = join(import.meta.dirname, '../../../../../node_modules')
  const file = join(modules, library, 'dist/private/intl', name, 'en-US.mjs')
  if (!existsSync(file)) throw new Error(`${part} is not a part of React Aria`)
  return ((await import(file)) as { default: Texts }).default
}

describe('what React Aria says by itself', () => {
  it.each(Object.entries(persian))('is said in Persian by %s', async (part, texts) => {
    const english = await englishOf(part)
    const kinds = (all: object) =>
      Object.fromEntries(Object.entries(all).map(([key, text]) => [key, typeof text]))
    expect(kinds(texts)).toEqual(kinds(english))
  })
})
