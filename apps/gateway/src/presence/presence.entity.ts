import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

/** Somebody who has a post or a conversation open. Forgotten when they no longer say so. */
@Entity('presences')
@Index('presences_seen', ['seenAt'])
export class PresenceRow {
  /** The post or the conversation. */
  @PrimaryColumn('text')
  subjectId!: string

  @PrimaryColumn('text')
  personId!: string

  @Column('boolean')
  isWriting!: boolean

  @Column('timestamptz', { default: () => 'now()' })
  since!: Date

  @Column('timestamptz', { default: () => 'now()' })
  seenAt!: Date
}
