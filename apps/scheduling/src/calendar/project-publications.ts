import type { SharedTx } from '@hamava/bus'
import type { Publication } from '@hamava/contracts'
import { updateNewer } from '@hamava/service-kit'
import { CalendarEntryRow } from './calendar-entry.entity.ts'

/** Shows in the calendar what became of publications; the newest revision of each counts. */
export function projectPublications(
  { manager }: Pick<SharedTx, 'manager'>,
  publications: Pick<Publication, 'id' | 'state' | 'dueAt' | 'revision'>[],
): Promise<void> {
  const rows = publications.map(({ id: publicationId, ...rest }) => ({ publicationId, ...rest }))
  return updateNewer(manager, CalendarEntryRow, rows, {
    key: 'publicationId',
    version: 'revision',
    columns: ['state', 'dueAt'],
  })
}
