import type { DeadLetter } from '@hamava/contracts'
import { Column, Entity, PrimaryColumn } from 'typeorm'

/**
 * An event that got no further, with all that is needed to try again: one of another service that could not be handled
 * after all its deliveries (`incoming`), or one of our own that the stream will never take (`outgoing`).
 */
@Entity('dead_letters')
export class DeadLetterEntry {
  @PrimaryColumn('text')
  id!: string

  @Column('text', { default: 'incoming' })
  direction!: DeadLetter['direction']

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
