import type { Post, PostContent, PostState, Schedule } from '@hamava/contracts'
import { toContent } from '@hamava/networks/rules'
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

/** What is said: one base text with what differs per channel, and how far its review is. */
@Entity('posts')
@Index('posts_listing', ['workspaceId', 'id'])
export class PostRow {
  @PrimaryColumn('text')
  id!: string

  @Column('text')
  workspaceId!: string

  @Column('text', { nullable: true })
  authorId!: string | null

  /** `toContent` completes rows from before a field existed. */
  @Column('jsonb', { transformer: { from: toContent, to: (content: PostContent) => content } })
  content!: PostContent

  @Column('text', { nullable: true })
  campaignId!: string | null

  @Column('jsonb')
  tags!: string[]

  @Column('text')
  state!: PostState

  @Column('jsonb', { nullable: true })
  schedule!: Schedule | null

  @Column('jsonb', { nullable: true })
  review!: Post['review']

  @Column('int')
  version!: number

  @Column('timestamptz')
  createdAt!: Date

  @Column('timestamptz')
  updatedAt!: Date

  @Column('timestamptz', { nullable: true })
  deletedAt!: Date | null
}
