import type { Attempt, Exchange, Reason } from '@hamava/contracts'
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

/** One try; written before its request leaves, finished after the reply. Never changed once finished. */
@Entity('attempts')
@Index('attempts_publication', ['publicationId', 'number'], { unique: true })
export class AttemptRow {
  @PrimaryColumn('text')
  id!: string

  @Column('text')
  publicationId!: string

  @Column('int')
  number!: number

  @Column('int')
  part!: number

  @Column('text')
  step!: Attempt['step']

  @Column('text')
  leaseOwner!: string

  @Column('text')
  fingerprint!: string

  @Column('text')
  idempotencyKey!: string

  @Column('timestamptz', { default: () => 'clock_timestamp()' })
  startedAt!: Date

  @Column('timestamptz', { nullable: true })
  finishedAt!: Date | null

  @Column('text', { nullable: true })
  outcome!: Attempt['outcome']

  @Column('jsonb', { nullable: true })
  reason!: Reason | null

  @Column('jsonb', { default: [] })
  exchanges!: Exchange[]

  /** Its place in the chain of evidence, and the hash that links it to the one before. */
  @Column('int', { nullable: true })
  link!: number | null

  @Column('text', { nullable: true })
  hash!: string | null
}
