import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

/** A login that is still open; its token is kept as a hash alone. */
@Entity('sessions')
@Index('sessions_token', ['tokenHash'], { unique: true })
export class SessionRow {
  @PrimaryColumn('text')
  id!: string

  @Column('text')
  tokenHash!: string

  @Column('text')
  csrfToken!: string

  @Column('text')
  personId!: string

  @Column('text')
  memberId!: string

  @Column('timestamptz')
  expiresAt!: Date

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date
}
