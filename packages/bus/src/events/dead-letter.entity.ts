import type { DeadLetter } from '@hamava/contracts'
import { Column, Entity, PrimaryColumn } from 'typeorm'

/**
 * An event that could not be delivered, with all that is needed to try again: another service's event that failed in all
 * deliveries (`incoming`), or our own event that the stream will never accept (`outgoing`).
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
