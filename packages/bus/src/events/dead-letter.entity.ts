import { Column, Entity, PrimaryColumn } from 'typeorm'

/** An event that could not be handled after all its deliveries, with all that is needed to try again. */
@Entity('dead_letters')
export class DeadLetterEntry {
  @PrimaryColumn('text')
  id!: string

  @Column('text')
  event!: string

  @Column('jsonb')
  context!: object

  @Column('text', { nullable: true })
  causationId!: string | null

  @Column('jsonb')
  body!: unknown

  @Column('text')
  error!: string

  @Column('int')
  deliveries!: number

  @Column('timestamptz', { default: () => 'now()' })
  failedAt!: Date

  @Column('timestamptz', { nullable: true })
  replayedAt!: Date | null
}
