import type { Tx } from '@hamava/bus'
import type { BodyOf, CallContext, PlannedPublication, postScheduled } from '@hamava/contracts'
import { batchColumns, newestOf } from '@hamava/service-kit'
import { CalendarEntryRow } from '../calendar/calendar-entry.entity.ts'

/** A publication to be shown in the calendar. */
interface Entry extends Pick<BodyOf<typeof postScheduled>, 'schedule' | 'excerpt'> {
  call: CallContext
  planned: PlannedPublication
}

const placed = [
  'publicationId',
  'workspaceId',
  'postId',
  'channelId',
  'network',
  'state',
  'revision',
] as const
/** What a newer plan of an entry changes, besides its time. */
const replanned = ['zone', 'excerpt', 'version', 'awaitsApproval'] as const

/** Shows planned publications in the calendar; the newest plan of each counts. */
export async function saveEntries(
  { manager }: Pick<Tx, 'manager'>,
  entries: Entry[],
): Promise<void> {
  if (entries.length === 0) return
  const rows = entries.map(({ call: { workspaceId }, planned, schedule: { zone }, excerpt }) => {
    const { publicationId, postId, channelId, network, version, dueAt } = planned
    const awaitsApproval = planned.approvedHash !== planned.snapshotHash
    const place = { publicationId, workspaceId, postId, channelId, network }
    const planning = { dueAt, zone, excerpt, version, awaitsApproval }
    return { ...place, ...planning, state: 'planned' as const, revision: 0 }
  })
  const newest = newestOf(rows, 'publicationId', 'version')
  const keepsTime = entries.filter(({ planned }) => planned.keepsTime)
  const inserted = batchColumns(manager, CalendarEntryRow, [...placed, 'dueAt', ...replanned])
  const changed = batchColumns(manager, CalendarEntryRow, replanned)
  await manager.query(
    `insert into calendar_entries as known (${inserted.names})
     select ${inserted.names} from jsonb_to_recordset($1::jsonb) as news (${inserted.definition})
     order by publication_id
     on conflict (publication_id) do update
     set ${changed.assignments('excluded')},
       due_at = case when excluded.publication_id = any($2) then known.due_at else excluded.due_at end
     where known.version <= excluded.version`,
    [JSON.stringify([...newest.values()].map(inserted.recordOf)), keepsTime.map(idOf)],
  )
}

const idOf = ({ planned }: Entry) => planned.publicationId
