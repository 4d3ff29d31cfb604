import type { ChannelLimits } from '@hamava/contracts'
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

/** A channel as something to listen to: how far it was read, and when it is read next. */
@Entity('sources')
@Index('sources_due', { synchronize: false })
@Index('sources_mailbox', { synchronize: false })
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

  /** The channel was disconnected; one that only waits for a person still gets its share of incoming items. */
  @Column('boolean', { default: false })
  isRemoved!: boolean

  /** A mark of the mailbox that this channel shares with others; null while unknown, and where it has its own. */
  @Column('text', { nullable: true })
  mailbox!: string | null

  /** The channel's id and name on its network; null until they are known. */
  @Column('text', { nullable: true })
  externalId!: string | null

  @Column('text', { nullable: true })
  handle!: string | null

  /** The limits of the channel's server. */
  @Column('jsonb', { default: {} })
  limits!: ChannelLimits

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

  /**
   * The time of the first failure since the last good reading, and the code of the reason that publishing was told for
   * it.
   */
  @Column('timestamptz', { nullable: true })
  failingSince!: Date | null

  @Column('text', { nullable: true })
  toldReason!: string | null

  /** The secret part of the address that the network is given, and what it signs with. */
  @Column('text')
  webhookToken!: string

  @Column('text')
  webhookSecret!: string

  /** The webhook address that the network has accepted; null until then. */
  @Column('text', { nullable: true })
  webhookUrl!: string | null

  /** When the network may be asked again to take an address that it refused. */
  @Column('timestamptz', { nullable: true })
  webhookRetryAt!: Date | null
}
