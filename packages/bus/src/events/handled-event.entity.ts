import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

/** An event whose effect is in this database; written in the same transaction. */
@Entity('handled_events')
@Index('handled_events_at', ['handledAt'])
export class HandledEvent {
  @PrimaryColumn('text')
  id!: string

  @Column('timestamptz', { default: () => 'now()' })
  handledAt!: Date
}
