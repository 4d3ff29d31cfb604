import type { PublicationRow } from './publication.entity.ts'

type Uploads = Pick<PublicationRow, 'pendingState' | 'prepared'>

/**
 * Keeps media in processing as `prepared` when processing is called off: the next try continues with them, or uploads
 * again if the network has dropped them.
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
