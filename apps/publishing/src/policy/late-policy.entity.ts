import { Column, Entity, PrimaryColumn } from 'typeorm'

/** How late is too late, where a workspace has said so. */
@Entity('late_policies')
export class LatePolicyRow {
  @PrimaryColumn('text')
  workspaceId!: string

  @Column('int')
  lateMinutes!: number
}
