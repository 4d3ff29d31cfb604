import { RotateCcw } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '../../../kit/button.tsx'
import { useLanguage } from '../../../language/use-language.tsx'

interface OverriddenProps {
  what: string
  onReset: () => void
  children?: ReactNode
}

/** Something that differs from the original, and the way back to it. */
export function Overridden({ what, onReset, children }: OverriddenProps) {
  const { t } = useLanguage()
  return (
    <div className="flex flex-col gap-1">
      {children}
      <span className="flex items-center justify-between gap-2 text-sm text-muted">
        <span className="flex min-w-0 items-center gap-1.5">
          <span aria-hidden className="size-2 shrink-0 rounded-full bg-accent" />
          <span className="min-w-0 break-words whitespace-pre-line">{what}</span>
        </span>
        <Button
          look="quiet"
          size="small"
          aria-label={`${t('compose.reset')}: ${what}`}
          onPress={onReset}
        >
          <RotateCcw aria-hidden className="size-3.5" />
          {t('compose.reset')}
        </Button>
      </span>
    </div>
  )
}
