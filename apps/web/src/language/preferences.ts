import { useSyncExternalStore } from 'react'
import type { Preferences } from '../api/types.ts'

export type { Preferences }

const storedAs = 'hamava.preferences'
/** Where choices are stored that the server has not been told yet. */
const untoldAs = 'hamava.preferences.untold'

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

let current: Preferences = { ...defaults(), ...stored(storedAs) }
const listeners = new Set<() => void>()

function stored(name: string): Partial<Preferences> {
  try {
    return JSON.parse(localStorage.getItem(name) ?? '{}') as Partial<Preferences>
  } catch {
    return {}
  }
}

export const preferences = (): Preferences => current

/** Chooses on this device; the server is told as soon as the person is logged in. */
export function prefer(change: Partial<Preferences>): void {
  localStorage.setItem(untoldAs, JSON.stringify({ ...untold(), ...change }))
  become({ ...current, ...change })
}

/** Takes over what a person has chosen on another device. */
export function adopt(chosen: Preferences): void {
  if (JSON.stringify({ ...current, ...chosen }) !== JSON.stringify(current)) become(chosen)
}

/** Only what was chosen on this device and is not on the server yet. */
export const untold = (): Partial<Preferences> => stored(untoldAs)

/** The server has `told`; later choices stay untold. */
export function markTold(told: Partial<Preferences>): void {
  if (JSON.stringify(untold()) === JSON.stringify(told)) localStorage.removeItem(untoldAs)
}

function become(next: Preferences): void {
  current = next
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
