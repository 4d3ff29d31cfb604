import type { Idempotency } from '@hamava/bus'
import type { CallContext } from '@hamava/contracts'
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm'
import { PostRow } from '../posts/post.entity.ts'
import type { PostDecision } from './decide-change.ts'

/**
 * A change of a post that publishing was asked to carry out, from the question until its answer is written down. It is
 * asked again until there is an answer, so that the post never says something else than what goes out.
 */
@Entity('unsettled_changes')
@Index('unsettled_changes_asked', ['askedAt'])
export class UnsettledChangeRow {
  /** One at a time. */
  @ForeignKey(() => PostRow)
  @PrimaryColumn('text')
  postId!: string

  /** The same in every repeat, so that publishing carries the change out once and then only repeats its answer. */
  @Column('text')
  changeId!: string

  /** The post's version when the change was decided. */
  @Column('int')
  version!: number

  /** Whose change it is. */
  @Column('jsonb')
  call!: CallContext

  @Column('jsonb')
  decision!: PostDecision

  /** The request's idempotency key: a repeat of the request gets the answer, whoever settled the change. */
  @Column('jsonb', { nullable: true })
  idempotency!: Idempotency | null

  @Column('timestamptz')
  askedAt!: Date
}
