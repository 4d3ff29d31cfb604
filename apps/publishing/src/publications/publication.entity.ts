import type { PublicationState, Reason } from '@hamava/contracts'
import { Column, Entity, Index, PrimaryColumn, VersionColumn } from 'typeorm'

/** A part that is up: the network's id, and what points at it. */
export interface LivePart {
  part: number
  id: string
  permalink: string | null
  /** The connector's own `Json`, in a box of its own as TypeORM's types cannot hold a recursive one. */
  ref: { value: object | string | number | boolean | null }
  at: string
}

/** The state that the network expects in our next check, boxed like `ref`, and since when it has been processing. */
export interface PendingState {
  state: LivePart['ref']['value']
  since: string
  /** Missing in older rows, which count as `publishing`. */
  stage?: 'preparing' | 'publishing'
}

/** Media that the network has taken already and keeps for us; good for this snapshot alone. */
export interface Prepared {
  snapshotHash: string
  state: LivePart['ref']['value']
  at: string
}

/** What an answer in a conversation consists of. */
export interface MessageSnapshot {
  text: string
  /** What the connector needs to point at the message that is answered. */
  ref: unknown
}

/** One post or message on one channel at one due time; this row is the job. */
@Entity('publications')
@Index('publications_line', { synchronize: false })
@Index('publications_waiting', { synchronize: false })
@Index('publications_due', { synchronize: false })
@Index('publications_held', { synchronize: false })
@Index('publications_at_risk', { synchronize: false })
@Index('publications_listing', ['workspaceId', 'createdAt', 'id'])
@Index('publications_post', ['postId'])
@Index('publications_attention', { synchronize: false })
export class PublicationRow {
  @PrimaryColumn('text')
  id!: string

  @Column('text')
  workspaceId!: string

  @Column('text')
  kind!: 'post' | 'message'

  @Column('text', { nullable: true })
  postId!: string | null

  @Column('text', { nullable: true })
  messageId!: string | null

  @Column('text', { nullable: true })
  conversationId!: string | null

  @Column('text', { nullable: true })
  campaignId!: string | null

  @Column('text')
  channelId!: string

  @Column('text')
  network!: string

  @Column('text')
  state!: PublicationState

  @Column('int')
  version!: number

  /** A `PostSnapshot` or a `MessageSnapshot`, by `kind`. */
  @Column('jsonb')
  snapshot!: object

  @Column('text')
  snapshotHash!: string

  /** The hash that somebody approved; the fence lets nothing else leave. */
  @Column('text', { nullable: true })
  approvedHash!: string | null

  @Column('timestamptz')
  dueAt!: Date

  @Column('timestamptz')
  nextAttemptAt!: Date

  @Column('text', { nullable: true })
  leaseOwner!: string | null

  @Column('timestamptz', { nullable: true })
  leaseUntil!: Date | null

  @Column('int')
  attemptCount!: number

  /** Failures in a row that may pass; the wait before the next try grows with them. */
  @Column('int', { default: 0 })
  failures!: number

  /** The part that is next, and how many there are. */
  @Column('int')
  part!: number

  @Column('int')
  partCount!: number

  @Column('jsonb')
  liveParts!: LivePart[]

  /** How often it was published as new. */
  @Column('int', { default: 0 })
  round!: number

  /** The parts that were live before it was published as new. */
  @Column('jsonb', { default: [] })
  formerParts!: LivePart[]

  /** Set while the network is processing; see `PendingState`. */
  @Column('jsonb', { nullable: true })
  pendingState!: PendingState | null

  /** How many lookups in a row found nothing of the attempt in doubt. */
  @Column('int')
  absentReads!: number

  /** Attempts of the next part up to this number were looked for and are not live. */
  @Column('int', { default: 0 })
  clearedUpTo!: number

  /** How often the network has refused the part in a way that it would repeat to the same key. */
  @Column('int', { default: 0 })
  keyTurn!: number

  @Column('text', { nullable: true })
  remoteId!: string | null

  @Column('text', { nullable: true })
  permalink!: string | null

  @Column('timestamptz', { nullable: true })
  publishedAt!: Date | null

  @Column('int', { nullable: true })
  latenessMs!: number | null

  @Column('jsonb', { nullable: true })
  reason!: Reason | null

  /** The hold that keeps it; null when something else does. */
  @Column('text', { nullable: true })
  holdId!: string | null

  /** What may keep it from going out, as far as is known. */
  @Column('jsonb', { default: [] })
  risks!: Reason[]

  /** Media uploaded ahead of time for the next part. */
  @Column('jsonb', { nullable: true })
  prepared!: Prepared | null

  /** The last link of the chain of evidence over its attempts. */
  @Column('text', { nullable: true })
  evidenceHead!: string | null

  @Column('int', { default: 0 })
  evidenceLinks!: number

  /** When it was reported as stuck; null if it was not. */
  @Column('timestamptz', { nullable: true })
  stuckSince!: Date | null

  /** Rises with every save, so that others can put the states they hear of in order. */
  @VersionColumn()
  revision!: number

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date
}
