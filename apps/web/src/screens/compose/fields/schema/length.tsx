import { useLanguage } from '../../../../language/use-language.tsx'

interface LengthProps {
  /** The id for `aria-describedby`. */
  id: string
  label: string
  used: number
  max: number
}

/** How much of a limited text is used; nothing where there is no limit. */
export function Length({ id, label, used, max }: LengthProps) {
  const { t, show } = useLanguage()
  if (!Number.isFinite(max)) return null
  return (
    <span
      className={`min-w-14 self-center text-end text-xs tabular-nums ${used > max ? 'text-bad' : 'text-muted'}`}
    >
      <span aria-hidden dir="ltr">
        {show.number(used)}/{show.number(max)}
      </span>
      <span id={id} className="sr-only">
        {t('compose.counter', {
          network: label,
          used: show.number(used),
          max: show.number(max),
        })}
      </span>
    </span>
  )
}
