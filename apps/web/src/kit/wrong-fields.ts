import { useMemo } from 'react'
import { Problem } from '../api/problem.ts'
import { useLanguage } from '../language/use-language.tsx'
import type { en } from '../language/words/en.ts'

type Word = keyof typeof en.wrong

/** Refusals that concern one field, though no schema refused it. */
const meant: Record<string, { field: string; word: Word }> = {
  member_exists: { field: 'email', word: 'memberExists' },
  password_required: { field: 'password', word: 'firstPassword' },
}

/** Fields that have a sentence of their own for what is wrong. */
const known: Record<string, Word> = {
  email: 'email',
  password: 'password',
  name: 'name',
  url: 'url',
  permalink: 'url',
  text: 'text',
}

/**
 * What is wrong with each field, by its name. Schema errors are sentences for programmers, so only their pointers are
 * used, and the words are ours.
 */
export function useWrongFields(error: unknown): Record<string, string> {
  const { t } = useLanguage()
  return useMemo(() => {
    if (!(error instanceof Problem)) return {}
    const one = meant[error.code]
    if (one) return { [one.field]: t(`wrong.${one.word}`) }
    const fields = error.errors.map(({ pointer }) => pointer.split('/').at(-1) ?? '')
    return Object.fromEntries(fields.map((name) => [name, t(`wrong.${known[name] ?? 'other'}`)]))
  }, [error, t])
}
