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

  /** Fingerprint of the mailbox that channels with the same access share; null if the channel shares none. */
  @Column('text', { nullable: true })
  mailbox!: string | null

  @Column('timestamptz', { nullable: true })
  expiresAt!: Date | null

  /** When the token was issued, by connecting or refreshing; its lifetime is from here to `expiresAt`. */
  @Column('timestamptz', { default: () => 'now()' })
  refreshedAt!: Date

  @Column('text')
  health!: 'ok' | 'reconnect'

  @Column('jsonb', { nullable: true })
  healthReason!: Reason | null

  @Column('jsonb')
  scopes!: string[]

  /** Since when, and why, messages on the channel cannot be read; null while they can. */
  @Column('jsonb', { nullable: true })
  unreadable!: Unreadable | null

  /** The limits that the channel's server states, if any; `serverReadAt` is when it was last asked. */
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
