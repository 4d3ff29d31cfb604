import type { ChannelDetail, ChannelLimits, Reason, Unreadable } from '@hamava/contracts'
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

/** One connected account; its credentials are sealed and leave this service only for reading. */
@Entity('channels')
@Index('channels_account', ['workspaceId', 'network', 'externalId'], { unique: true })
@Index('channels_mailbox', { synchronize: false })
@Index('channels_listing', ['workspaceId', 'createdAt', 'id'])
export class ChannelRow {
  @PrimaryColumn('text')
  id!: string

  @Column('text')
  workspaceId!: string

  @Column('text')
  network!: string

  @Column('text')
  externalId!: string

  @Column('text')
  handle!: string

  @Column('text')
  name!: string

  @Column('text', { nullable: true })
  url!: string | null

  /** `SecretBox` output, bound to the channel's id. */
  @Column('text')
  credentials!: string

  /** A mark of the mailbox that it is read from with others of the same access. */
  @Column('text', { nullable: true })
  mailbox!: string | null

  @Column('timestamptz', { nullable: true })
  expiresAt!: Date | null

  /** When it was connected, or its token refreshed; with `expiresAt` the token's whole life. */
  @Column('timestamptz', { default: () => 'now()' })
  refreshedAt!: Date

  @Column('text')
  health!: 'ok' | 'reconnect'

  @Column('jsonb', { nullable: true })
  healthReason!: Reason | null

  @Column('jsonb')
  scopes!: string[]

  /** Since when what people write there cannot be read, and why. */
  @Column('jsonb', { nullable: true })
  unreadable!: Unreadable | null

  /** What its server takes, where that is told; and when it was asked. */
  @Column('jsonb', { default: {} })
  limits!: ChannelLimits

  @Column('timestamptz', { default: () => 'now()' })
  serverReadAt!: Date

  /** How it was connected, without what is secret. */
  @Column('jsonb', { nullable: true })
  connectedBy!: ChannelDetail['connectedBy']

  @Column('int')
  version!: number

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date

  /** A removed channel stays for its history, without credentials. */
  @Column('timestamptz', { nullable: true })
  removedAt!: Date | null
}
