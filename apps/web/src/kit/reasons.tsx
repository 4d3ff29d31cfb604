import type { Publication } from '../api/types.ts'
import { useLanguage } from '../language/use-language.tsx'

/** Why something is as it is, and what to do about it; what the network itself said is folded away. */
export function Reasons({ of }: { of: Publication['risks'] }) {
  const { t, show } = useLanguage()
  return of.map(({ code, message, fix, detail }) => (
    <div key={code} className="rounded-control bg-sunken px-3 py-2 text-sm">
      <p>
        <strong className="font-medium">{show.said(message)}</strong> {show.said(fix)}
      </p>
      {detail && (
        <details>
          <summary className="min-h-6 w-fit cursor-pointer text-muted">
            {t('publication.detail')}
          </summary>
          <p dir="auto" className="font-mono text-xs break-words text-match-parent">
            {detail}
          </p>
        </details>
      )}
    </div>
  ))
}
