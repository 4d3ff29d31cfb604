import { X } from 'lucide-react'
import { ProgressBar } from 'react-aria-components'
import { Button } from '../../../kit/button.tsx'
import { useLanguage } from '../../../language/use-language.tsx'

interface UploadRowProps {
  name: string
  /** From 0 to 1. */
  share: number
  onCancel: () => void
}

/** How far a file is on its way, and how to call it back. */
export function UploadRow({ name, share, onCancel }: UploadRowProps) {
  const { t, show } = useLanguage()
  const percent = show.number(share, { style: 'percent' })
  const said = t('compose.uploading', { name, percent })
  return (
    <div className="flex items-center gap-2">
      <ProgressBar
        aria-label={said}
        value={share * 100}
        className="flex min-w-0 grow flex-col gap-1"
      >
        <span className="text-sm text-muted">{said}</span>
        <span className="block h-1.5 w-full overflow-hidden rounded-full bg-sunken">
          <span className="block h-full bg-accent" style={{ inlineSize: `${share * 100}%` }} />
        </span>
      </ProgressBar>
      <Button
        look="quiet"
        size="icon"
        aria-label={t('compose.cancelUpload', { name })}
        onPress={onCancel}
      >
        <X aria-hidden className="size-4" />
      </Button>
    </div>
  )
}
