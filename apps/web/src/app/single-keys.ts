import { type RefObject, useEffect, useRef } from 'react'

/** What a key does, by the letter at its place on the keyboard: `a`. */
export type KeyActions = Record<string, () => void>

/** Those of what is on the screen; the last to come is asked first. One listener (`shortcuts.ts`) presses them. */
const layers: RefObject<KeyActions>[] = []

/** Keys of one letter, as long as this is on the screen. */
export function useSingleKeys(keys: KeyActions, isOn = true): void {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    if (!isOn) return
    layers.push(latest)
    return () => {
      layers.splice(layers.indexOf(latest), 1)
    }
  }, [isOn])
}

/** What a key does on the screen that is shown, if anything. */
export const actionOf = (key: string): (() => void) | undefined =>
  layers.findLast(({ current }) => current[key])?.current[key]

/** Whether a letter goes into a text here, or finds an item of an open list. */
export const takesLetters = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.closest('input, textarea, [role=spinbutton], [role=listbox], [role=menu]') !== null)
