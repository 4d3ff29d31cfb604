import type { PublicationRow } from './publication.entity.ts'

type Uploads = Pick<PublicationRow, 'pendingState' | 'prepared'>

/**
 * When processing is called off, what the network has taken stays at hand: the next try goes on from it, or
 * begins anew where the network has forgotten it.
 */
export function setAside({
  pendingState,
  prepared,
  snapshotHash,
}: Uploads & Pick<PublicationRow, 'snapshotHash'>): Uploads {
  if (pendingState?.stage !== 'preparing') return { pendingState: null, prepared }
  const { state, since } = pendingState
  return { pendingState: null, prepared: { snapshotHash, state, at: since } }
}
