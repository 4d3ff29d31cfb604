import type { Role } from '@hamava/contracts'
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

/** A person in a workspace, with a role. */
@Entity('members')
@Index('members_person', ['workspaceId', 'personId'], { unique: true })
@Index('members_of_person', ['personId'])
export class MemberRow {
  @PrimaryColumn('text')
  id!: string

  @Column('text')
  workspaceId!: string

  @Column('text')
  personId!: string

  @Column('text')
  role!: Role

  /** The only channels this member may touch; null means all. */
  @Column('jsonb', { nullable: true })
  channelIds!: string[] | null

  @Column('int')
  version!: number

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date
}
