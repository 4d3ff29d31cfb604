import type { Hold } from '@hamava/contracts'
import type { HoldRow } from './hold.entity.ts'
import { scopeOf } from './hold-scope.ts'

/** A row as others see it. */
export const toHold = (row: HoldRow): Hold => ({
  id: row.id,
  workspaceId: row.workspaceId,
  scope: scopeOf(row),
  reason: row.reason,
  until: row.until?.toISOString() ?? null,
  placedBy: row.placedBy,
  placedAt: row.placedAt.toISOString(),
  releasedAt: row.releasedAt?.toISOString() ?? null,
})
