import type { Preferences } from './preferences.ts'

/** Somebody in Tehran who reads Persian, for specs. */
export const persianReader: Preferences = {
  language: 'fa',
  calendar: 'persian',
  digits: 'arabext',
  zone: 'Asia/Tehran',
  theme: 'system',
  singleKeys: true,
}
