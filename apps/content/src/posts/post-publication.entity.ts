import type { PublicationState } from '@hamava/contracts'
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm'
import { PostRow } from './post.entity.ts'

/** One publication of a post: its id is minted here, its state is told by publishing. */
@Entity('post_publications')
@Index('post_publications_post', ['postId'])
@Index('post_publications_unheard', { synchronize: false })
@Index('post_publications_missing', { synchronize: false })
export class PostPublicationRow {
  @PrimaryColumn('text')
  id!: string

  @ForeignKey(() => PostRow)
  @Column('text')
  postId!: string

  @Column('text')
  workspaceId!: string

  @Column('text')
  channelId!: string

  @Column('text')
  network!: string

  @Column('text')
  state!: PublicationState

  @Column('timestamptz')
  dueAt!: Date

  @Column('timestamptz', { nullable: true })
  publishedAt!: Date | null

  @Column('text', { nullable: true })
  remoteId!: string | null

  @Column('text', { nullable: true })
  permalink!: string | null

  /** The newest state that was heard of; events come in any order. */
  @Column('int')
  revision!: number

  /** It was cancelled by somebody's word on this publication alone: the post does not plan its channel again by itself. */
  @Column('boolean', { default: false })
  isClosed!: boolean

  /** Since when it is known to be due and unknown to publishing; null as long as all is well. */
  @Column('timestamptz', { nullable: true })
  missingSince!: Date | null
}
