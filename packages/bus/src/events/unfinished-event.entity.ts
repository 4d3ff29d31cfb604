import { Column, Entity, PrimaryColumn } from 'typeorm'

/** A redelivered event whose handler was started and has not reported back. */
@Entity('unfinished_events')
export class UnfinishedEvent {
  @PrimaryColumn('text')
  id!: string

  @Column('int', { name: 'begun' })
  attempts!: number

  @Column('timestamptz', { name: 'begun_at', default: () => 'now()' })
  lastAttemptAt!: Date
}
