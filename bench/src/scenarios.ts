import { oneInstant } from './goals/g03-one-instant.ts'
import type { Scenario } from './scenario.ts'

/** In the order of the goals. */
export const scenarios: readonly Scenario[] = [oneInstant]
