import { conditional } from './conditional.ts'
import { cursors } from './cursors.ts'
import type { Fault } from './fault.ts'
import { feed } from './feed.ts'
import { idempotency } from './idempotency.ts'
import { limits } from './limits.ts'
import { problemBodies } from './problem-bodies.ts'
import { rights } from './rights.ts'
import { schemas } from './schemas.ts'
import { stored } from './stored.ts'

/** Everything that can be planted. */
export const faults: readonly Fault[] = [
  ...rights,
  ...conditional,
  ...schemas,
  ...stored,
  ...idempotency,
  ...cursors,
  ...feed,
  ...limits,
  ...problemBodies,
]
