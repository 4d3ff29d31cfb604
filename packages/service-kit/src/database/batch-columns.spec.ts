import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { batchTable, ParcelRow } from '../testing/batch-table.ts'
import { batchColumns } from './batch-columns.ts'

describe('columns of a batch', () => {
  let table: Awaited<ReturnType<typeof batchTable>>
  beforeAll(async () => {
    table = await batchTable()
  })
  afterAll(() => table?.close())

  it('have the names and types of the entity, in the order that was asked for', () => {
    const columns = batchColumns(table.manager, ParcelRow, ['dueAt', 'parcelId', 'revision'])
    expect(columns).toMatchObject({
      table: 'parcels',
      names: 'due_at, parcel_id, revision',
      definition: 'due_at timestamp with time zone, parcel_id text, revision integer',
    })
    expect(columns.assignments('news')).toBe('due_at = news.due_at, revision = news.revision')
    expect(columns.nameOf('parcelId')).toBe('parcel_id')
  })

  it('are read from the entity once', () => {
    const columns = batchColumns(table.manager, ParcelRow, ['parcelId'])
    expect(batchColumns(table.manager, ParcelRow, ['parcelId'])).toBe(columns)
    expect(batchColumns(table.manager, ParcelRow, ['state'])).not.toBe(columns)
  })

  it('are refused where the entity has no such column', () => {
    const wrong = ['size'] as unknown as ['state']
    expect(() => batchColumns(table.manager, ParcelRow, wrong)).toThrow('no column for size')
  })

  it('carry every kind of value, and null as null of the database', async () => {
    const columns = batchColumns(table.manager, ParcelRow, ['parcelId', 'dueAt', 'reason'])
    const dueAt = new Date('2027-01-01T12:00:00.123Z')
    const records = [
      { parcelId: 'full', dueAt, reason: { code: 'lost' }, state: 'left out' },
      { parcelId: 'none', dueAt: null, reason: null },
      { parcelId: 'text', dueAt: dueAt.toISOString(), reason: null },
    ].map(columns.recordOf)
    expect(records[0]).toEqual({ parcel_id: 'full', due_at: dueAt, reason: { code: 'lost' } })
    const read = await table.dataSource.query(
      `select ${columns.names}, reason is null as "isNull"
       from jsonb_to_recordset($1::jsonb) as n(${columns.definition})`,
      [JSON.stringify(records)],
    )
    expect(read).toEqual([
      { parcel_id: 'full', due_at: dueAt, reason: { code: 'lost' }, isNull: false },
      { parcel_id: 'none', due_at: null, reason: null, isNull: true },
      { parcel_id: 'text', due_at: dueAt, reason: null, isNull: true },
    ])
  })
})
