import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm'
import { SeriesRow } from './series.entity.ts'

/** One reading; never changed. */
@Entity('snapshots')
export class SnapshotRow {
  @ForeignKey(() => SeriesRow)
  @PrimaryColumn('text')
  seriesId!: string

  @PrimaryColumn('timestamptz')
  at!: Date

  @Column('double precision')
  value!: number
}
