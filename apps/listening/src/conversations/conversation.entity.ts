import type { Conversation } from '@hamava/contracts'
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

/** A thread with people on one channel. */
@Entity('conversations')
@Index('conversations_thread', ['channelId', 'threadKey'], { unique: true })
@Index('conversations_listing', ['workspaceId', 'lastMessageAt', 'id'])
@Index('conversations_about', ['channelId', 'aboutPostId'])
export class ConversationRow {
  @PrimaryColumn('text')
  id!: string

  @Column('text')
  workspaceId!: string

  @Column('text')
  channelId!: string

  @Column('text')
  network!: string

  /** The connector's word for what belongs together. */
  @Column('text')
  threadKey!: string

  @Column('text')
  kind!: Conversation['kind']

  @Column('jsonb')
  person!: Conversation['with']

  /** False while only the channel itself has written; `person` is the channel until then. */
  @Column('boolean')
  hasIncoming!: boolean

  /** The network's id of the post it is about. */
  @Column('text', { nullable: true })
  aboutPostId!: string | null

  @Column('text', { nullable: true })
  postId!: string | null

  @Column('text', { nullable: true })
  publicationId!: string | null

  @Column('text')
  state!: Conversation['state']

  @Column('text')
  excerpt!: string

  @Column('int')
  messageCount!: number

  @Column('timestamptz')
  lastMessageAt!: Date

  @Column('timestamptz')
  createdAt!: Date

  @Column('int')
  version!: number
}
