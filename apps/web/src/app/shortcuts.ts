import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { undoLast } from '../kit/toasts.tsx'
import { usePreferences } from '../language/preferences.ts'
import { navItems } from './nav-items.ts'
import { useMay } from './session.ts'
import { actionOf, takesLetters } from './single-keys.ts'

/** How long `G` waits for its letter. */
const waitsMs = 1_500

/**
 * `Ctrl K` for the commands, `?` for all keys, `C` for a new post, `G` and a letter for a place, `Ctrl Z` for undo, and
 * what the screen itself has: by their place on the keyboard, so that they are the same in every layout. All keys are
 * heard here and nowhere else, so that one press does one thing.
 */
export function useShortcuts(open: (what: 'commands' | 'keys') => void): void {
  const { singleKeys: isOn } = usePreferences()
  const navigate = useNavigate()
  const may = useMay()
  useEffect(() => {
    let goingUntil = 0
    const single = (event: KeyboardEvent): (() => void) | undefined => {
      // Both the Latin and the Persian question mark are on this key.
      if (event.code === 'Slash' && event.shiftKey) return () => open('keys')
      if (event.shiftKey || !event.code.startsWith('Key')) return undefined
      if (event.timeStamp < goingUntil) {
        goingUntil = 0
        const place = navItems.find(({ key }) => key === event.code)
        return () => {
          if (place && may(place.needs)) void navigate({ to: place.to })
        }
      }
      if (event.code === 'KeyG') {
        return () => {
          goingUntil = event.timeStamp + waitsMs
        }
      }
      if (event.code === 'KeyC' && may('posts:write'))
        return () => void navigate({ to: '/compose' })
      return actionOf(event.code.slice(3).toLowerCase())
    }
    const press = (event: KeyboardEvent) => {
      // Repeats are ignored: a key held down would approve a whole queue.
      if (event.defaultPrevented || event.isComposing || event.repeat) return
      const isCommand = event.ctrlKey || event.metaKey
      if (isCommand && event.code === 'KeyK') {
        event.preventDefault()
        open('commands')
        return
      }
      if (takesLetters(event.target)) return
      if (isCommand) {
        if (event.code === 'KeyZ' && undoLast()) event.preventDefault()
        return
      }
      // An open dialog comes first: single keys do nothing beneath it.
      if (!isOn || event.altKey || isWindowOpen()) return
      const act = single(event)
      if (!act) return
      event.preventDefault()
      act()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [isOn, open, navigate, may])
}

const isWindowOpen = () => document.querySelector('[role=dialog], [role=alertdialog]') !== null
