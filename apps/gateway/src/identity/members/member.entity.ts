import type { Role } from '@hamava/contracts'
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm'
import { PersonRow } from '../person.entity.ts'
import { WorkspaceRow } from '../workspaces/workspace.entity.ts'

/** A person in a workspace, with a role. */
@Entity('members')
@Index('members_person', ['workspaceId', 'personId'], { unique: true })
@Index('members_of_person', ['personId'])
export class MemberRow {
  @PrimaryColumn('text')
  id!: string

  @ForeignKey(() => WorkspaceRow)
  @Column('text')
  workspaceId!: string

  @ForeignKey(() => PersonRow)
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
