import { useSyncExternalStore } from 'react'

/** How a person wants to read: each chosen by itself, so Persian with a Gregorian calendar is possible. */
export interface Preferences {
  language: 'fa' | 'en'
  calendar: 'persian' | 'gregory'
  digits: 'arabext' | 'latn'
  /** An IANA zone. */
  zone: string
  theme: 'system' | 'light' | 'dark'
  /** Shortcuts of a single key may be in the way of voice control and other aids. */
  singleKeys: boolean
}

const storedAs = 'hamava.preferences'

/** What goes with a language until something else is chosen. */
export const usualFor = (language: Preferences['language']) =>
  language === 'fa'
    ? ({ language, calendar: 'persian', digits: 'arabext' } as const)
    : ({ language, calendar: 'gregory', digits: 'latn' } as const)

const defaults = (): Preferences => ({
  ...usualFor(navigator.languages.some((one) => one.startsWith('fa')) ? 'fa' : 'en'),
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  theme: 'system',
  singleKeys: true,
})

let current: Preferences = { ...defaults(), ...stored() }
const listeners = new Set<() => void>()

function stored(): Partial<Preferences> {
  try {
    return JSON.parse(localStorage.getItem(storedAs) ?? '{}') as Partial<Preferences>
  } catch {
    return {}
  }
}

export const preferences = (): Preferences => current

export function prefer(change: Partial<Preferences>): void {
  current = { ...current, ...change }
  localStorage.setItem(storedAs, JSON.stringify(current))
  for (const listener of listeners) listener()
}

export function onPreferences(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const usePreferences = (): Preferences => useSyncExternalStore(onPreferences, preferences)

/** The locale with the calendar and the digits that were chosen, for `Intl` and the fields of dates. */
export const localeOf = ({ language, calendar, digits }: Preferences): string =>
  `${language === 'fa' ? 'fa-IR' : 'en-GB'}-u-ca-${calendar}-nu-${digits}`
