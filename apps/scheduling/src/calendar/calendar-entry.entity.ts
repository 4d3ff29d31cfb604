import type { PublicationState } from '@hamava/contracts'
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

/** One publication in the calendar: planned here, its state told by publishing. */
@Entity('calendar_entries')
@Index('calendar_by_time', ['workspaceId', 'dueAt', 'publicationId'])
@Index('calendar_by_post', ['postId'])
export class CalendarEntryRow {
  @PrimaryColumn('text')
  publicationId!: string

  @Column('text')
  workspaceId!: string

  @Column('text')
  postId!: string

  @Column('text')
  channelId!: string

  @Column('text')
  network!: string

  @Column('timestamptz')
  dueAt!: Date

  @Column('text')
  zone!: string

  @Column('text')
  state!: PublicationState

  @Column('boolean', { default: false })
  awaitsApproval!: boolean

  @Column('text')
  excerpt!: string

  /** The version of the post it was planned from; an older plan never replaces a newer one. */
  @Column('int')
  version!: number

  /** The newest state that was heard of. */
  @Column('int')
  revision!: number
}
