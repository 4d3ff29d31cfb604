import { X } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { useLanguage } from '../language/use-language.tsx'
import { Button } from './button.tsx'

interface Toast {
  id: number
  text: string
  tone: 'plain' | 'bad'
  undo?: (() => void) | undefined
}

/** Long enough to read and to press Undo. */
const shownMs = 8_000
let toasts: Toast[] = []
let made = 0
const listeners = new Set<() => void>()

function become(next: Toast[]): void {
  toasts = next
  for (const listener of listeners) listener()
}

const dismiss = (id: number) => become(toasts.filter((toast) => toast.id !== id))

/** Says what was done, with a way back where there is one. */
export function toast(text: string, options: { undo?: () => void; tone?: Toast['tone'] } = {}) {
  made += 1
  const id = made
  become([...toasts.slice(-2), { id, text, tone: options.tone ?? 'plain', undo: options.undo }])
  setTimeout(() => dismiss(id), shownMs)
}

/** Undoes the last thing that can be undone; false when there is none. */
export function undoLast(): boolean {
  const last = toasts.findLast(({ undo }) => undo)
  if (!last) return false
  dismiss(last.id)
  last.undo?.()
  return true
}

/**
 * Stands above anything that is open, and can be used there. On a phone toasts come from the top, as the navigation is
 * at the bottom.
 */
export function Toasts() {
  const { t } = useLanguage()
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => toasts,
  )
  return (
    <div
      role="status"
      aria-live="polite"
      data-react-aria-top-layer
      className="pointer-events-none fixed inset-x-0 top-4 z-50 flex flex-col items-center gap-2 px-4 sm:top-auto sm:bottom-6"
    >
      {shown.map(({ id, text, tone, undo }) => (
        <div
          key={id}
          className={`pointer-events-auto flex max-w-xl items-center gap-3 rounded-card border px-4 py-2 shadow-overlay
            ${tone === 'bad' ? 'border-bad/40 bg-bad-soft text-bad' : 'border-line bg-raised'}`}
        >
          <span>{text}</span>
          {undo && (
            <Button
              size="small"
              onPress={() => {
                dismiss(id)
                undo()
              }}
            >
              {t('app.undo')}
            </Button>
          )}
          <Button look="quiet" size="icon" aria-label={t('app.close')} onPress={() => dismiss(id)}>
            <X aria-hidden className="size-4" />
          </Button>
        </div>
      ))}
    </div>
  )
}
