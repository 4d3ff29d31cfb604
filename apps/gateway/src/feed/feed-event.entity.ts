import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

/** One event of the live feed, numbered in the order in which listeners get them. */
@Entity('feed_events')
@Index('feed_events_workspace', ['workspaceId', 'seq'])
export class FeedEventRow {
  @PrimaryColumn('bigint', { generated: 'increment' })
  seq!: string

  @Column('text')
  id!: string

  @Column('text')
  workspaceId!: string

  @Column('text')
  type!: string

  /** The channels it is about; null when it concerns none. */
  @Column('jsonb', { nullable: true })
  channelIds!: string[] | null

  @Column('jsonb')
  body!: object

  @Column('timestamptz', { default: () => 'now()' })
  at!: Date
}
