import { useLanguage } from '../language/use-language.tsx'
import { diffWords } from './diff-words.ts'

/** What was added and removed, word by word; by sign and not by colour alone. */
export function TextDiff({ before, after }: { before: string; after: string }) {
  const { t } = useLanguage()
  return (
    <p dir="auto" className="whitespace-pre-wrap">
      {diffWords(before, after).map(({ kind, text }, at) => {
        // biome-ignore lint/suspicious/noArrayIndexKey: runs have no other name
        if (kind === 'same') return <span key={at}>{text}</span>
        const Mark = kind === 'added' ? 'ins' : 'del'
        const look = kind === 'added' ? 'bg-ok-soft text-ok' : 'bg-bad-soft text-bad line-through'
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: runs have no other name
          <Mark key={at} className={`rounded ${look}`} aria-label={t(`approvals.${kind}`)}>
            {text}
          </Mark>
        )
      })}
    </p>
  )
}
