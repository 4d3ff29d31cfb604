import type { Post, PostState, Schedule } from '@hamava/contracts'
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

  @Column('text')
  text!: string

  @Column('jsonb')
  assets!: Post['assets']

  @Column('jsonb')
  parts!: Post['parts']

  @Column('text', { nullable: true })
  firstComment!: string | null

  @Column('jsonb')
  targets!: object[]

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
