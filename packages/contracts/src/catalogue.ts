import * as analytics from './analytics.ts'
import * as approvalPolicy from './approval-policy.ts'
import * as assets from './assets.ts'
import * as channels from './channels.ts'
import type { EventContract } from './define.ts'
import * as holds from './holds.ts'
import * as listening from './listening.ts'
import * as posts from './posts.ts'
import * as promises from './promises.ts'
import * as publishing from './publishing.ts'
import * as scheduling from './scheduling.ts'

const everything: unknown[] = Object.values({
  ...posts,
  ...assets,
  ...approvalPolicy,
  ...scheduling,
  ...channels,
  ...publishing,
  ...promises,
  ...holds,
  ...listening,
  ...analytics,
})

/** Every event there is, for topology, the live feed and documents. */
export const allEvents: EventContract[] = everything.filter(
  (value): value is EventContract =>
    typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'event',
)
