import type { EntityManager } from 'typeorm'
import type { PublicationRow } from '../publications/publication.entity.ts'
import { DiscardRow } from './discard.entity.ts'

type Uploads = Pick<PublicationRow, 'channelId' | 'pendingState' | 'prepared'>

/** Queues the unused uploads of these publications to be discarded, before the caller clears them from the rows. */
export async function discardUploadsOf(manager: EntityManager, rows: Uploads[]): Promise<void> {
  const unused = rows.flatMap(({ channelId, pendingState, prepared }) => {
    const preparing = pendingState?.stage === 'preparing' ? [pendingState] : []
    return [...preparing, ...(prepared ? [prepared] : [])].map(({ state }) => ({
      channelId,
      state,
    }))
  })
  await queueDiscards(manager, unused)
}

/** Queues unused uploads to be discarded. */
export async function queueDiscards(
  manager: EntityManager,
  unused: { channelId: string; state: DiscardRow['state']['value'] }[],
): Promise<void> {
  if (unused.length === 0) return
  await manager.insert(
    DiscardRow,
    unused.map(({ channelId, state }) => ({ channelId, state: { value: state } })),
  )
}
