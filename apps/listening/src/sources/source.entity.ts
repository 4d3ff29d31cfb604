import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

/** A channel as something to listen to: how far it was read, and when it is read next. */
@Entity('sources')
@Index('sources_due', { synchronize: false })
@Index('sources_webhook_token', ['webhookToken'], { unique: true })
export class SourceRow {
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

  /** The connector's own `Json`, in a box as TypeORM's types cannot hold a recursive one. */
  @Column('jsonb', { nullable: true })
  cursor!: { value: unknown } | null

  @Column('timestamptz', { default: () => 'now()' })
  nextPollAt!: Date

  @Column('text', { nullable: true })
  leaseOwner!: string | null

  @Column('timestamptz', { nullable: true })
  leaseUntil!: Date | null

  /** Readings that failed since the last good one. */
  @Column('int', { default: 0 })
  failures!: number

  /** The secret part of the address that the network is given, and what it signs with. */
  @Column('text')
  webhookToken!: string

  @Column('text')
  webhookSecret!: string

  /** The address that the network knows, once it has taken one. */
  @Column('text', { nullable: true })
  webhookUrl!: string | null

  /** Not before then is the network asked again to take an address that it refused. */
  @Column('timestamptz', { nullable: true })
  webhookRetryAt!: Date | null
}
