import type { Preferences } from '../../language/preferences.ts'
import { wallMoment, wallTimeOf } from '../../language/wall-time.ts'

/** An hour from now on the wall of somebody's zone: what a time begins with. */
export const soon = (wanted: Preferences): string =>
  wallTimeOf(wallMoment(new Date(Date.now() + 3_600_000), wanted))
