import type { SharedTx } from '@hamava/bus'
import type { Publication } from '@hamava/contracts'
import { updateNewer } from '@hamava/service-kit'
import { PostPublicationRow } from './post-publication.entity.ts'

const columns = [
  'state',
  'dueAt',
  'publishedAt',
  'remoteId',
  'permalink',
  'missingSince',
  'isClosed',
] as const

/** Notes what became of publications; the newest revision of each counts. */
export function projectPublications(
  { manager }: Pick<SharedTx, 'manager'>,
  publications: Publication[],
): Promise<void> {
  const rows = publications.map((publication) => {
    const { state, reason } = publication
    // Only a publication that was cancelled by itself has a `reason`; one that was taken back with its post has none.
    const isClosed = state === 'cancelled' && Boolean(reason)
    return { ...publication, missingSince: null, isClosed }
  })
  return updateNewer(manager, PostPublicationRow, rows, { key: 'id', version: 'revision', columns })
}
