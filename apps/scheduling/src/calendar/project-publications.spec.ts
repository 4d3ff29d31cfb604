import { aPublication } from '@hamava/bus/testing'
import { dataSourceOptions, newId } from '@hamava/service-kit'
import { testDatabase } from '@hamava/service-kit/testing'
import { expect, it } from '@jest/globals'
import { DataSource } from 'typeorm'
import { database } from '../database/database.ts'
import { CalendarEntryRow } from './calendar-entry.entity.ts'
import { projectPublications } from './project-publications.ts'

const noon = '2027-01-01T12:00:00.000Z'
const later = '2027-01-01T13:00:00.000Z'

it('shows what became of many publications at once, the newest revision of each', async () => {
  await using migrated = await testDatabase(database)
  const dataSource = await new DataSource(dataSourceOptions(migrated.url, database)).initialize()
  const entries = dataSource.getRepository(CalendarEntryRow)
  const [moved, sent, quiet] = [newId('publication'), newId('publication'), newId('publication')]
  await entries.insert([moved, sent, quiet].map(anEntry))
  await projectPublications(dataSource, [
    aPublication({ id: moved, state: 'planned', revision: 1, dueAt: noon }),
    aPublication({ id: moved, state: 'held', revision: 3, dueAt: later }),
    aPublication({ id: moved, state: 'planned', revision: 2, dueAt: noon }),
    aPublication({ id: sent, state: 'published', revision: 2, dueAt: noon }),
    aPublication({ id: newId('publication'), state: 'published', revision: 1, dueAt: noon }),
  ])
  await projectPublications(dataSource, [
    aPublication({ id: sent, state: 'sending', revision: 1, dueAt: later }),
    aPublication({ id: moved, state: 'planned', revision: 3, dueAt: noon }),
  ])
  const read = async (publicationId: string) => entries.findOneByOrFail({ publicationId })
  const shown = await Promise.all([moved, sent, quiet].map(read))
  await dataSource.destroy()
  expect(shown).toMatchObject([
    { state: 'held', revision: 3, dueAt: new Date(later) },
    { state: 'published', revision: 2, dueAt: new Date(noon) },
    { state: 'planned', revision: 0, dueAt: new Date(noon) },
  ])
})

function anEntry(publicationId: string): CalendarEntryRow {
  return {
    publicationId,
    workspaceId: 'ws',
    postId: 'post',
    channelId: 'ch',
    network: 'sandbox',
    dueAt: new Date(noon),
    zone: 'Asia/Tehran',
    state: 'planned',
    awaitsApproval: false,
    excerpt: '',
    version: 1,
    revision: 0,
  }
}
