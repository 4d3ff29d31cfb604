import { Column, Entity, PrimaryColumn } from 'typeorm'

/** An event that came again and was begun to be handled, without a word of how that ended. */
@Entity('unfinished_events')
export class UnfinishedEvent {
  @PrimaryColumn('text')
  id!: string

  /** How often. */
  @Column('int')
  begun!: number

  @Column('timestamptz', { default: () => 'now()' })
  begunAt!: Date
}
