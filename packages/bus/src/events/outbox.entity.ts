import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

/** Events of more bytes than this wait in a line of their own, so that they delay no others. */
export const smallEventBytes = 32 * 1024

/** An event on its way out: written with the change, kept longer than the stream keeps it. */
@Entity('outbox')
@Index('outbox_unrelayed', ['seq'], { where: 'relayed_at is null' })
@Index('outbox_unrelayed_large', { synchronize: false })
@Index('outbox_relayed_at', ['relayedAt'])
export class OutboxEntry {
  @PrimaryColumn('text')
  id!: string

  @Column('bigint', { generated: 'increment' })
  seq!: string

  @Column('text')
  event!: string

  @Column('jsonb')
  context!: object

  @Column('text', { nullable: true })
  causationId!: string | null

  @Column('jsonb')
  body!: unknown

  /** Of the body as it is sent. */
  @Column('int', { default: 0 })
  bytes!: number

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date

  @Column('timestamptz', { nullable: true })
  relayedAt!: Date | null

  /** Its number in the stream, to notice when a server came back without its newest messages. */
  @Column('bigint', { nullable: true })
  streamSeq!: string | null
}
