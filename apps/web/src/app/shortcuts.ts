import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { undoLast } from '../kit/toasts.tsx'
import { usePreferences } from '../language/preferences.ts'
import { places } from './places.ts'
import { useMay } from './session.ts'
import { isTyping } from './single-keys.ts'

/**
 * `Ctrl K` for the commands, `?` for all keys, `C` for a new post, `G` and a letter for a place, `Ctrl Z` for undo:
 * by their place on the keyboard, so that they are the same in every layout.
 */
export function useShortcuts(open: (what: 'commands' | 'keys') => void): void {
  const { singleKeys: isOn } = usePreferences()
  const navigate = useNavigate()
  const may = useMay()
  useEffect(() => {
    let isGoing = false
    const press = (event: KeyboardEvent) => {
      const isCommand = event.ctrlKey || event.metaKey
      if (isCommand && event.code === 'KeyK') {
        event.preventDefault()
        open('commands')
        return
      }
      if (event.isComposing || isTyping(event.target)) return
      if (isCommand && event.code === 'KeyZ' && undoLast()) {
        event.preventDefault()
        return
      }
      if (!isOn || isCommand || event.altKey) return
      // The slash of a Latin keyboard, on which the Persian question mark is too.
      if (event.code === 'Slash' && event.shiftKey) return open('keys')
      if (isGoing) {
        isGoing = false
        const place = places.find(({ key }) => key === event.code)
        if (place && may(place.needs)) void navigate({ to: place.to })
        return
      }
      if (event.code === 'KeyG') {
        isGoing = true
        setTimeout(() => {
          isGoing = false
        }, 1_500)
      } else if (event.code === 'KeyC' && may('posts:write')) {
        event.preventDefault()
        void navigate({ to: '/compose' })
      }
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [isOn, open, navigate, may])
}
