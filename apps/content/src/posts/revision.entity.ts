import { Column, Entity, PrimaryColumn } from 'typeorm'

/** What a post said at one version, and who made it say so. */
@Entity('revisions')
export class RevisionRow {
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

  @Column('jsonb')
  said!: object
}
