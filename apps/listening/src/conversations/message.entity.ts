import type { Message, Reason } from '@hamava/contracts'
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm'
import { ConversationRow } from './conversation.entity.ts'

/** One thing that somebody wrote, or that we answer. */
@Entity('messages')
@Index('messages_remote', ['channelId', 'remoteId'], { unique: true })
@Index('messages_publication', ['publicationId'], { unique: true })
@Index('messages_of_conversation', ['conversationId', 'at', 'id'])
@Index('messages_reply_to', { synchronize: false })
@Index('messages_replaces', { synchronize: false })
export class MessageRow {
  @PrimaryColumn('text')
  id!: string

  @ForeignKey(() => ConversationRow)
  @Column('text')
  conversationId!: string

  @Column('text')
  channelId!: string

  @Column('text')
  direction!: Message['direction']

  @Column('jsonb', { nullable: true })
  author!: Message['author']

  @Column('text', { nullable: true })
  memberId!: string | null

  @Column('text')
  text!: string

  @Column('timestamptz')
  at!: Date

  /** The network's id: a message is on a channel once. */
  @Column('text', { nullable: true })
  remoteId!: string | null

  @Column('text', { nullable: true })
  permalink!: string | null

  /** What the connector needs to answer it: its own `Json`, in a box. */
  @Column('jsonb', { nullable: true })
  ref!: { value: unknown } | null

  @Column('text', { nullable: true })
  publicationId!: string | null

  @Column('text')
  state!: Message['state']

  /** The message that an answer of ours was written to. */
  @ForeignKey(() => MessageRow)
  @Column('text', { nullable: true })
  replyTo!: string | null

  /** The answer that did not go out, and that this one takes the place of. */
  @ForeignKey(() => MessageRow)
  @Column('text', { nullable: true })
  replaces!: string | null

  /** Why an answer is not out. */
  @Column('jsonb', { nullable: true })
  reason!: Reason | null

  /** The newest state of its publication that was heard of. */
  @Column('int')
  revision!: number
}
