import type { Preferences } from './preferences.ts'
import { wallTimeAt } from './wall-time.ts'

/** An hour from now on the wall of somebody's zone: what a time begins with. */
export const soon = ({ zone }: Preferences): string =>
  wallTimeAt(new Date(Date.now() + 3_600_000).toISOString(), zone)
