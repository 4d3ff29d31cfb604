import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm'
import { MemberRow } from '../members/member.entity.ts'
import { PersonRow } from '../person.entity.ts'

/** A login that is still open; its token is kept as a hash alone. */
@Entity('sessions')
@Index('sessions_of_member', ['memberId'])
@Index('sessions_token', ['tokenHash'], { unique: true })
export class SessionRow {
  @PrimaryColumn('text')
  id!: string

  @Column('text')
  tokenHash!: string

  @Column('text')
  csrfToken!: string

  @ForeignKey(() => PersonRow)
  @Column('text')
  personId!: string

  @ForeignKey(() => MemberRow, { onDelete: 'CASCADE' })
  @Column('text')
  memberId!: string

  @Column('timestamptz')
  expiresAt!: Date

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date
}
