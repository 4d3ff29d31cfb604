import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm'
import { MeasuredChannelRow } from './channel.entity.ts'

/** A post that is live, and when its numbers are read next. */
@Entity('subjects')
@Index('subjects_due', { synchronize: false })
export class SubjectRow {
  @PrimaryColumn('text')
  publicationId!: string

  @Column('text')
  workspaceId!: string

  @Column('text', { nullable: true })
  postId!: string | null

  @ForeignKey(() => MeasuredChannelRow)
  @Column('text')
  channelId!: string

  @Column('text')
  network!: string

  @Column('text')
  remoteId!: string

  /** What the connector needs to read it: its own `Json`, in a box. */
  @Column('jsonb')
  ref!: { value: unknown }

  @Column('timestamptz')
  publishedAt!: Date

  /** Null once the post is too old to be measured, or gone. */
  @Column('timestamptz', { nullable: true })
  nextCollectAt!: Date | null

  /** How often the post was read, and how often in a row the network did not know it. */
  @Column('int', { default: 0 })
  collected!: number

  @Column('int', { default: 0 })
  misses!: number
}
