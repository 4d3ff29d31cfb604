import { Column, Entity, PrimaryColumn } from 'typeorm'

/** The stream as this service last saw it: another creation time means that it was lost and made again. */
@Entity('stream_positions')
export class StreamPosition {
  @PrimaryColumn('text')
  stream!: string

  @Column('text')
  createdAt!: string
}
