import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { batchTable, ParcelRow } from '../testing/batch-table.ts'
import { updateNewer } from './update-newer.ts'

describe('an update of a batch', () => {
  let table: Awaited<ReturnType<typeof batchTable>>
  beforeAll(async () => {
    table = await batchTable()
  })
  afterAll(() => table?.close())
  beforeEach(async () => {
    await table.rows.clear()
    await table.rows.insert(['a', 'b', 'c'].map((parcelId) => ({ parcelId, revision: 5 })))
  })

  const told = { key: 'parcelId', version: 'revision', columns: ['state'] } as const
  const states = async () => (await table.read()).map(({ state }) => state)

  it('writes the newest of each row, where the table has an older one', async () => {
    await updateNewer(
      table.manager,
      ParcelRow,
      [
        { parcelId: 'b', revision: 7, state: 'newest' },
        { parcelId: 'b', revision: 6, state: 'newer' },
        { parcelId: 'c', revision: 5, state: 'same' },
        { parcelId: 'a', revision: 4, state: 'older' },
        { parcelId: 'unknown', revision: 9, state: 'newest' },
      ],
      told,
    )
    expect(await states()).toEqual(['planned', 'newest', 'planned'])
    expect((await table.read())[1]?.revision).toBe(7)
  })

  it('writes over the same version where it is told to, the last of the batch', async () => {
    const same = [
      { parcelId: 'c', revision: 5, state: 'first' },
      { parcelId: 'c', revision: 5, state: 'last' },
      { parcelId: 'a', revision: 4, state: 'older' },
    ]
    await updateNewer(table.manager, ParcelRow, same, { ...told, orSame: true })
    expect(await states()).toEqual(['planned', 'planned', 'last'])
  })

  it('is made by many at once, whatever the order of their rows', async () => {
    // So many that PostgreSQL looks each row up, in the order in which the batch names them.
    await table.dataSource.query(
      `insert into parcels (parcel_id, revision) select 'p' || n, 0 from generate_series(0, 100000) n`,
    )
    await table.dataSource.query('analyze parcels')
    const ids = Array.from({ length: 50 }, (_, at) => `p${at}`)
    const rounds = Array.from({ length: 40 }, (_, round) =>
      (round % 2 ? ids : ids.toReversed()).map((parcelId) => {
        return { parcelId, revision: round + 1, state: `round ${round}` }
      }),
    )
    await Promise.all(rounds.map((rows) => updateNewer(table.manager, ParcelRow, rows, told)))
    const written = (await table.read()).filter(({ parcelId }) => ids.includes(parcelId))
    expect(new Set(written.map(({ state }) => state))).toEqual(new Set(['round 39']))
  })
})
