import { Column, Entity, PrimaryColumn } from 'typeorm'

/** A brand; everything belongs to one. */
@Entity('workspaces')
export class WorkspaceRow {
  @PrimaryColumn('text')
  id!: string

  @Column('text')
  name!: string

  @Column('text')
  zone!: string

  @Column('int')
  version!: number

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date
}
