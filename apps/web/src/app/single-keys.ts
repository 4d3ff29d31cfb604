import { useEffect, useRef } from 'react'
import { usePreferences } from '../language/preferences.ts'

/**
 * Keys of one letter (`a`), by their place on the keyboard: silent while something is typed, while a
 * window is open over the page, and for those who have switched them off.
 */
export function useSingleKeys(keys: Record<string, () => void>, isOn = true): void {
  const { singleKeys } = usePreferences()
  const latest = useRef(keys)
  latest.current = keys
  const isActive = isOn && singleKeys
  useEffect(() => {
    if (!isActive) return
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
      if (isTyping(event.target) || document.querySelector('[role=dialog], [role=alertdialog]'))
        return
      const act = latest.current[event.code.replace(/^Key/, '').toLowerCase()]
      if (!act) return
      event.preventDefault()
      act()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [isActive])
}

export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.closest('input, textarea, [role="spinbutton"]') !== null)
