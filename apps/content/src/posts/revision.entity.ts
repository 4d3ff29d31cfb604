import type { Schedule } from '@hamava/contracts'
import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm'
import { PostRow } from './post.entity.ts'

/** What a post said at one version, and who made it say so. */
@Entity('revisions')
export class RevisionRow {
  @ForeignKey(() => PostRow)
  @PrimaryColumn('text')
  postId!: string

  @PrimaryColumn('int')
  version!: number

  @Column('timestamptz')
  at!: Date

  @Column('text', { nullable: true })
  by!: string | null

  @Column('text')
  action!: string

  /** And when it was to go out: `schedule` is missing in revisions from before it was kept. */
  @Column('jsonb')
  said!: object & { schedule?: Schedule | null }
}
