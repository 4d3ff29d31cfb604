import { type RefObject, useEffect, useRef } from 'react'

/** What a key does, by the letter at its place on the keyboard: `a`. */
export type KeyActions = Record<string, () => void>

/**
 * The key actions of mounted components, the latest last, which is asked first. One listener (`shortcuts.ts`) calls
 * them.
 */
const layers: RefObject<KeyActions>[] = []

/** Registers single-letter keys while the component is mounted. */
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

/** The action of a key on the current screen, if there is one. */
export const actionOf = (key: string): (() => void) | undefined =>
  layers.findLast(({ current }) => current[key])?.current[key]

/** Whether a letter would be typed into `target`, or would search an open list. */
export const takesLetters = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.closest('input, textarea, [role=spinbutton], [role=listbox], [role=menu]') !== null)
