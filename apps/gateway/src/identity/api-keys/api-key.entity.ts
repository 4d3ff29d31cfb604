import type { Permission } from '@hamava/contracts'
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm'
import { WorkspaceRow } from '../workspaces/workspace.entity.ts'

/** A program's key; the secret is kept as a hash alone. */
@Entity('api_keys')
@Index('api_keys_secret', ['secretHash'], { unique: true })
@Index('api_keys_listing', ['workspaceId', 'id'])
export class ApiKeyRow {
  @PrimaryColumn('text')
  id!: string

  @ForeignKey(() => WorkspaceRow)
  @Column('text')
  workspaceId!: string

  @Column('text')
  name!: string

  @Column('text', { nullable: true })
  department!: string | null

  @Column('text')
  prefix!: string

  @Column('text')
  secretHash!: string

  @Column('jsonb')
  scopes!: Permission[]

  @Column('jsonb', { nullable: true })
  channelIds!: string[] | null

  /** The member as whom the key acts. */
  @Column('text')
  ownerId!: string

  /** The key that asked for it; when that one is revoked, this one is, too. */
  @ForeignKey(() => ApiKeyRow)
  @Column('text', { nullable: true })
  madeByKeyId!: string | null

  @Column('timestamptz', { nullable: true })
  expiresAt!: Date | null

  @Column('timestamptz', { nullable: true })
  lastUsedAt!: Date | null

  @Column('timestamptz', { nullable: true })
  revokedAt!: Date | null

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date
}
