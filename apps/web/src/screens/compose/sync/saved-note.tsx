import { Check, TriangleAlert } from 'lucide-react'
import { useLanguage } from '../../../language/use-language.tsx'

interface SavedNoteProps {
  keptAt: string | null
  /** This device has no storage. */
  isRefused: boolean
  savedAt: string | null
  isSaving: boolean
}

/** Says where the typed text is saved. */
export function SavedNote({ keptAt, isRefused, savedAt, isSaving }: SavedNoteProps) {
  const { t, show } = useLanguage()
  const isSaved = savedAt !== null && (!keptAt || savedAt >= keptAt)
  const note = noteOf()
  return (
    <span aria-live="polite" className="flex items-center gap-1 text-sm text-muted">
      {note && !isSaving && (isSaved || !isRefused) && <Check aria-hidden className="size-4" />}
      {isRefused && !isSaved && <TriangleAlert aria-hidden className="size-4 text-warn" />}
      {note}
    </span>
  )
  function noteOf(): string | null {
    if (isSaving) return t('compose.saving')
    if (isSaved) return t('compose.savedServer', { when: show.time(savedAt) })
    if (isRefused) return t('compose.notKept')
    return keptAt && t('compose.savedLocally', { when: show.time(keptAt) })
  }
}
