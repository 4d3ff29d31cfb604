import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { batchTable, ParcelRow } from '../testing/batch-table.ts'
import { upsertNewer } from './upsert-newer.ts'

describe('a batch that is inserted or updated', () => {
  let table: Awaited<ReturnType<typeof batchTable>>
  beforeAll(async () => {
    table = await batchTable()
  })
  afterAll(() => table?.close())
  beforeEach(async () => {
    await table.rows.clear()
    await table.rows.insert({ parcelId: 'known', revision: 5 })
  })

  const columns = ['revision', 'state', 'dueAt'] as const
  const row = (parcelId: string, revision: number, state: string) => {
    return { parcelId, revision, state, dueAt: '2027-01-01T12:00:00.000Z' }
  }
  const put = (
    rows: ReturnType<typeof row>[],
    update: readonly ('revision' | 'state')[],
    version?: 'revision',
  ) =>
    upsertNewer(table.manager, ParcelRow, rows, {
      key: 'parcelId',
      columns,
      update,
      ...(version && { version }),
    })

  it('keeps the newest of each row, and answers what it wrote', async () => {
    const batch = [
      row('new', 2, 'newest'),
      row('new', 1, 'older'),
      row('known', 5, 'same'),
      row('known', 4, 'older'),
    ]
    const written = await put(batch, ['revision', 'state'], 'revision')
    expect(written).toEqual([batch[2], batch[0]])
    expect(await table.read()).toMatchObject([
      { parcelId: 'known', revision: 5, state: 'same', dueAt: null },
      { parcelId: 'new', revision: 2, state: 'newest', dueAt: new Date('2027-01-01T12:00:00Z') },
    ])
    expect(await put([row('known', 4, 'late')], ['revision', 'state'], 'revision')).toEqual([])
    expect((await table.read())[0]?.state).toBe('same')
  })

  it('ends in the last of each row where there is no version', async () => {
    await put([row('known', 9, 'first'), row('known', 1, 'last')], ['state'])
    expect(await table.read()).toMatchObject([{ revision: 5, state: 'last' }])
  })

  it('leaves rows as they are where nothing is to be updated', async () => {
    const written = await put([row('known', 9, 'other'), row('new', 1, 'new')], [])
    expect(written.map(({ parcelId }) => parcelId)).toEqual(['new'])
    expect(await table.read()).toMatchObject([{ state: 'planned' }, { state: 'new' }])
  })

  it('does nothing for no rows', async () => {
    expect(await put([], [])).toEqual([])
  })
})
