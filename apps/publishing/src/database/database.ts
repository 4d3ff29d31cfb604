import { busEntities } from '@hamava/bus'
import type { DatabaseParts } from '@hamava/service-kit'
import { ChannelRow } from '../channels/channel.entity.ts'
import { OAuthAppRow } from '../channels/oauth-app.entity.ts'
import { OAuthAttempt } from '../channels/oauth-attempt.entity.ts'
import { RevocationRow } from '../channels/revocation.entity.ts'
import { HoldRow } from '../holds/hold.entity.ts'
import { AppBudgetRow } from '../lanes/app-budget.entity.ts'
import { LaneRow } from '../lanes/lane.entity.ts'
import { LatePolicyRow } from '../policy/late-policy.entity.ts'
import { AttemptRow } from '../publications/attempt.entity.ts'
import { PublicationRow } from '../publications/publication.entity.ts'
import { RiskCheckRow } from '../publications/risk-check.entity.ts'
import { DiscardRow } from '../uploads/discard.entity.ts'
import { migrations } from './migrations/index.ts'

/**
 * Claiming, settling and planning read a few rows of large tables by key. After a start or a bulk write, PostgreSQL's
 * statistics may be too old, and it would choose sequential scans. `withPlannerDefaults` is for queries that read many
 * rows.
 */
export const plannerSettings = {
  enable_seqscan: 'off',
  enable_bitmapscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
  enable_material: 'off',
  // The plans are always the same, and making them again would cost as much as carrying them out.
  plan_cache_mode: 'force_generic_plan',
}

export const database: DatabaseParts = {
  entities: [
    ...busEntities,
    ChannelRow,
    OAuthAttempt,
    OAuthAppRow,
    RevocationRow,
    PublicationRow,
    AttemptRow,
    LaneRow,
    AppBudgetRow,
    HoldRow,
    LatePolicyRow,
    RiskCheckRow,
    DiscardRow,
  ],
  migrations,
  settings: Object.entries({
    ...plannerSettings,
    jit: 'off',
    // A replica that stands still in the midst of a transaction must not keep others from its rows.
    idle_in_transaction_session_timeout: '2s',
  })
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' '),
}
