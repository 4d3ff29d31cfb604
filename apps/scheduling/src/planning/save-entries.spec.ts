import { type PlannedPublication, systemContext } from '@hamava/contracts'
import { dataSourceOptions, newId } from '@hamava/service-kit'
import { testDatabase } from '@hamava/service-kit/testing'
import { expect, it } from '@jest/globals'
import { DataSource } from 'typeorm'
import { CalendarEntryRow } from '../calendar/calendar-entry.entity.ts'
import { database } from '../database/database.ts'
import { saveEntries } from './save-entries.ts'

const noon = '2027-01-01T12:00:00.000Z'
const later = '2027-01-01T13:00:00.000Z'
const call = systemContext(newId('workspace'), 'content')

it('shows the newest plan of many publications, whose time moves unless the plan keeps it', async () => {
  await using migrated = await testDatabase(database)
  const dataSource = await new DataSource(dataSourceOptions(migrated.url, database)).initialize()
  const entries = dataSource.getRepository(CalendarEntryRow)
  const [moved, kept, settled] = [newId('publication'), newId('publication'), newId('publication')]
  await saveEntries(dataSource, [
    anEntry({ publicationId: moved, version: 1, excerpt: 'first' }),
    anEntry({ publicationId: kept, version: 2, excerpt: 'second', keepsTime: true }),
    anEntry({ publicationId: kept, version: 1, excerpt: 'older' }),
    anEntry({ publicationId: settled, version: 5, excerpt: 'newest' }),
  ])
  const read = (publicationId: string) => entries.findOneByOrFail({ publicationId })
  expect(await read(kept)).toMatchObject({
    workspaceId: call.workspaceId,
    state: 'planned',
    revision: 0,
    version: 2,
    excerpt: 'second',
    dueAt: new Date(noon),
    zone: 'Asia/Tehran',
    awaitsApproval: true,
  })
  await entries.update({ publicationId: moved }, { state: 'held', revision: 7 })
  await saveEntries(dataSource, [
    anEntry({ publicationId: moved, version: 2, dueAt: later, approvedHash: 'hash' }),
    anEntry({ publicationId: kept, version: 2, dueAt: later, keepsTime: true, excerpt: 'again' }),
    anEntry({ publicationId: settled, version: 4, dueAt: later, excerpt: 'late' }),
  ])
  const shown = await Promise.all([moved, kept, settled].map(read))
  await saveEntries(dataSource, [])
  await dataSource.destroy()
  expect(shown).toMatchObject([
    { version: 2, dueAt: new Date(later), state: 'held', revision: 7, awaitsApproval: false },
    { version: 2, dueAt: new Date(noon), excerpt: 'again' },
    { version: 5, dueAt: new Date(noon), excerpt: 'newest' },
  ])
})

function anEntry({
  excerpt = '',
  ...plan
}: Pick<PlannedPublication, 'publicationId' | 'version'> &
  Partial<PlannedPublication> & { excerpt?: string }) {
  const planned: PlannedPublication = {
    postId: 'post',
    channelId: 'ch',
    network: 'sandbox',
    snapshot: { parts: [{ role: 'post', text: 'hello', assets: [] }], settings: {} },
    snapshotHash: 'hash',
    approvedHash: null,
    dueAt: noon,
    ...plan,
  }
  const schedule = {
    kind: 'at' as const,
    adjusted: null,
    local: '2027-01-01T15:30',
    zone: 'Asia/Tehran',
    dueAt: noon,
  }
  return { call, planned, schedule, excerpt }
}
