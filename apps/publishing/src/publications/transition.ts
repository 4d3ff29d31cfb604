import type { Tx } from '@hamava/bus'
import { type CallContext, type PublicationState, systemContext } from '@hamava/contracts'
import { announce } from './announce.ts'
import { assertTransition } from './lifecycle.ts'
import { PublicationRow } from './publication.entity.ts'
import { setAside } from './set-aside.ts'

/** A publication's new state, with what else changes. */
export type StateChange = Partial<PublicationRow> & Pick<PublicationRow, 'state'>

/**
 * The one way to change the state of publications, which the caller has locked after their lanes: asserts the lifecycle,
 * clears what belonged to the former state, saves and announces. If `changeOf` returns null, the row stays as it is.
 *
 * The fence and `OutcomeWriter` write many rows in one statement and have their own, under the same lifecycle.
 *
 * @param call who changes them; the service itself when left out.
 */
export async function transition(
  tx: Tx,
  rows: PublicationRow[],
  changeOf: (row: PublicationRow) => StateChange | null,
  call?: CallContext,
): Promise<PublicationRow[]> {
  const before = new Map(rows.map(({ id, state }) => [id, state]))
  const changed = rows.filter((row) => {
    const change = changeOf(row)
    if (change) enterState(row, change)
    return change !== null
  })
  const saved = await tx.manager.getRepository(PublicationRow).save(changed)
  for (const row of saved) {
    announce(
      tx,
      call ?? systemContext(row.workspaceId, 'publishing'),
      row,
      before.get(row.id) ?? null,
    )
  }
  return saved
}

/** The same for one row that is saved and announced elsewhere. */
export function enterState(row: PublicationRow, change: StateChange): void {
  assertTransition(row.state, change.state)
  Object.assign(row, clearedFor(change.state, row), change)
}

/** States in which nothing more leaves by itself. */
const over: PublicationState[] = ['missed', 'cancelled', 'failed', 'unconfirmed', 'published']

/** Fields of the former state that do not apply in the new one. */
function clearedFor(state: PublicationState, row: PublicationRow): Partial<PublicationRow> {
  return {
    leaseOwner: null,
    leaseUntil: null,
    // Cleared, so that a publication that is stuck again is reported again.
    stuckSince: null,
    ...(state !== 'held' && { holdId: null }),
    ...(over.includes(state) && { risks: [] }),
    ...((state === 'planned' || state === 'missed') && setAside(row)),
  }
}
