import type { ReactNode } from 'react'
import { useLanguage } from '../language/use-language.tsx'
import { diffWords } from './diff-words.ts'

interface MarkProps {
  children: ReactNode
}

/** By sign and not by colour alone; read out as what it is. */
export function Added({ children }: MarkProps) {
  const { t } = useLanguage()
  return (
    <ins className="rounded bg-ok-soft text-ok">
      <span className="sr-only">{t('approvals.added')}: </span>
      {children}
    </ins>
  )
}

export function Removed({ children }: MarkProps) {
  const { t } = useLanguage()
  return (
    <del className="rounded bg-bad-soft text-bad line-through">
      <span className="sr-only">{t('approvals.removed')}: </span>
      {children}
    </del>
  )
}

const marks = { same: 'span', added: Added, removed: Removed } as const

/** What was added and removed, word by word. */
export function TextDiff({ before, after }: { before: string; after: string }) {
  return (
    <p dir="auto" className="whitespace-pre-wrap">
      {diffWords(before, after).map(({ kind, text }, at) => {
        const Mark = marks[kind]
        // biome-ignore lint/suspicious/noArrayIndexKey: runs have no other name
        return <Mark key={at}>{text}</Mark>
      })}
    </p>
  )
}
