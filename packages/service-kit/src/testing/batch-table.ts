import { Column, DataSource, Entity, PrimaryColumn } from 'typeorm'
import { dataSourceOptions } from '../database/data-source-options.ts'
import { testDatabase } from './test-database.ts'

/** A row with one column of each sort that batches are written with. */
@Entity('parcels')
export class ParcelRow {
  @PrimaryColumn('text')
  parcelId!: string

  @Column('int')
  revision!: number

  @Column('text', { default: 'planned' })
  state!: string

  @Column('timestamptz', { nullable: true })
  dueAt!: Date | null

  @Column('jsonb', { nullable: true })
  reason!: { code: string } | null
}

/** A database of a spec's own with that one table, empty. */
export async function batchTable() {
  const parts = { entities: [ParcelRow], migrations: [] }
  const database = await testDatabase(parts)
  const dataSource = await new DataSource(dataSourceOptions(database.url, parts)).initialize()
  await dataSource.query(
    `create table parcels (parcel_id text primary key, revision int not null,
       state text not null default 'planned', due_at timestamptz, reason jsonb)`,
  )
  return {
    dataSource,
    manager: dataSource.manager,
    rows: dataSource.getRepository(ParcelRow),
    read: () => dataSource.getRepository(ParcelRow).find({ order: { parcelId: 'ASC' } }),
    async close() {
      await dataSource.destroy()
      await database.drop()
    },
  }
}
