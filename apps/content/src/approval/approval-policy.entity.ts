import { Column, Entity, PrimaryColumn } from 'typeorm'

/** A workspace's rule about approval; without a row nobody needs to approve. */
@Entity('approval_policies')
export class ApprovalPolicyRow {
  @PrimaryColumn('text')
  workspaceId!: string

  @Column('text')
  approval!: 'none' | 'other_person'
}
