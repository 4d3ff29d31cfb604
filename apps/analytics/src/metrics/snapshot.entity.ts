import { Column, Entity, PrimaryColumn } from 'typeorm'

/** One reading; never changed. */
@Entity('snapshots')
export class SnapshotRow {
  @PrimaryColumn('text')
  seriesId!: string

  @PrimaryColumn('timestamptz')
  at!: Date

  @Column('double precision')
  value!: number
}
