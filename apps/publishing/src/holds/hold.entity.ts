import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

/** A stop of a workspace, or of what matches the one field that is not null. */
@Entity('holds')
@Index('holds_listing', ['workspaceId', 'placedAt', 'id'])
@Index('holds_active', ['workspaceId'], { where: 'released_at is null' })
export class HoldRow {
  @PrimaryColumn('text')
  id!: string

  @Column('text')
  workspaceId!: string

  @Column('text', { nullable: true })
  channelId!: string | null

  @Column('text', { nullable: true })
  network!: string | null

  @Column('text', { nullable: true })
  campaignId!: string | null

  @Column('text')
  reason!: string

  @Column('timestamptz', { nullable: true })
  until!: Date | null

  @Column('text', { nullable: true })
  placedBy!: string | null

  @Column('timestamptz')
  placedAt!: Date

  @Column('timestamptz', { nullable: true })
  releasedAt!: Date | null
}
