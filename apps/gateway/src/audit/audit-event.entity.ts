import type { AuditEvent } from '@hamava/contracts'
import { everyChannel } from '@hamava/service-kit'
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

/** Who changed what, from what to what. Rows are only ever added: a trigger refuses anything else. */
@Entity('audit_events')
@Index('audit_events_listing', ['workspaceId', 'id'])
export class AuditEventRow {
  @PrimaryColumn('text')
  id!: string

  @Column('text')
  workspaceId!: string

  @Column('timestamptz', { default: () => 'now()' })
  at!: Date

  @Column('jsonb')
  actor!: AuditEvent['actor']

  @Column('text')
  action!: string

  @Column('jsonb')
  subject!: AuditEvent['subject']

  /** The channels that the change concerns: none in particular (null), some, or all (`*`). */
  @Column('jsonb', { nullable: true, default: [everyChannel] })
  channelIds!: string[] | null

  @Column('jsonb', { nullable: true })
  before!: object | null

  @Column('jsonb', { nullable: true })
  after!: object | null
}
