import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

/** A channel as something to measure: one replica at a time collects all of it that is due. */
@Entity('measured_channels')
@Index('measured_channels_active', { synchronize: false })
export class MeasuredChannelRow {
  @PrimaryColumn('text')
  channelId!: string

  @Column('text')
  workspaceId!: string

  @Column('text')
  network!: string

  /** The version of the channel that was last heard of; an older change has no effect. */
  @Column('int')
  version!: number

  @Column('boolean')
  isActive!: boolean

  /** When the channel's own numbers are read next. */
  @Column('timestamptz', { default: () => 'now()' })
  nextCollectAt!: Date

  /** Nothing is asked of the network before then. */
  @Column('timestamptz', { default: () => 'now()' })
  notBefore!: Date

  @Column('text', { nullable: true })
  leaseOwner!: string | null

  @Column('timestamptz', { nullable: true })
  leaseUntil!: Date | null

  /** Collections that failed since the last good one. */
  @Column('int', { default: 0 })
  failures!: number
}
