import type { MetricName } from '@hamava/contracts'
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

/** The readings of one metric of one publication, or of a channel as a whole; its last one stands here. */
@Entity('series')
@Index('series_listing', ['workspaceId', 'id'])
@Index('series_publication', ['publicationId'])
@Index('series_post', ['postId'])
export class SeriesRow {
  /** `<channel>/<publication or nothing>/<metric>`: it sorts as lists are sorted. */
  @PrimaryColumn('text')
  id!: string

  @Column('text')
  workspaceId!: string

  @Column('text')
  channelId!: string

  @Column('text')
  network!: string

  @Column('text', { nullable: true })
  publicationId!: string | null

  @Column('text', { nullable: true })
  postId!: string | null

  @Column('text')
  metric!: MetricName

  @Column('timestamptz')
  latestAt!: Date

  @Column('double precision')
  latestValue!: number
}
