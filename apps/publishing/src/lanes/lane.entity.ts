import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import type { Quota } from './quota.ts'

/**
 * The line in which a channel's publications wait: one at a time is under way, in the order of their
 * due times. What concerns all of them is here: the channel's quotas, and its troubles with the network.
 */
@Entity('lanes')
@Index('lanes_next', { synchronize: false })
export class LaneRow {
  @PrimaryColumn('text')
  channelId!: string

  @Column('text')
  workspaceId!: string

  @Column('text')
  network!: string

  /** The app whose budget it shares; null where the network has none. */
  @Column('text', { nullable: true })
  app!: string | null

  /** When its next publication wants to go, or its lease runs out; null when nothing waits. */
  @Column('timestamptz', { nullable: true })
  nextAt!: Date | null

  /** The lane's next publication is late already: lanes that can still be on time may be claimed first. */
  @Column('boolean', { default: false })
  isBehind!: boolean

  /** Nothing leaves before this: a quota is used up, or the network failed too often in a row. */
  @Column('timestamptz', { nullable: true })
  waitsUntil!: Date | null

  /** The publication of several parts that was begun last: while it can go on, it goes first. */
  @Column('text', { nullable: true })
  thread!: string | null

  @Column('text', { nullable: true })
  leaseOwner!: string | null

  @Column('timestamptz', { nullable: true })
  leaseUntil!: Date | null

  /** Requests in a row that the network did not answer, or answered with its own trouble. */
  @Column('int', { default: 0 })
  trouble!: number

  @Column('jsonb', { default: [] })
  quotas!: Quota[]
}
