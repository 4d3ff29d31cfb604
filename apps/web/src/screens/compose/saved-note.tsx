import { Check } from 'lucide-react'
import { useLanguage } from '../../language/use-language.tsx'

interface SavedNoteProps {
  keptAt: string | null
  savedAt?: string | null
  isSaving?: boolean
}

/** Where what was typed is safe by now. */
export function SavedNote({ keptAt, savedAt = null, isSaving = false }: SavedNoteProps) {
  const { t, show } = useLanguage()
  const note = noteOf()
  return (
    <span aria-live="polite" className="flex items-center gap-1 text-sm text-muted">
      {note && !isSaving && <Check aria-hidden className="size-4" />}
      {note}
    </span>
  )
  function noteOf(): string | null {
    if (isSaving) return t('compose.saving')
    if (savedAt && (!keptAt || savedAt >= keptAt)) {
      return t('compose.savedServer', { when: show.time(savedAt) })
    }
    return keptAt && t('compose.savedLocally', { when: show.time(keptAt) })
  }
}
